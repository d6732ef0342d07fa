import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  createReferenceEngine,
  DataError,
  InvalidArgumentError,
  KMeans,
  matrix,
  Random,
  StateError,
  UnsupportedError,
  type DeviceMatrix,
} from '@shoal/core';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { describe, expect, it } from 'vitest';

const engine = await createWasmEngine();

describe('the wasm engine', () => {
  it('tells what it runs on', async () => {
    expect(engine.name).toBe('wasm');
    expect(engine.info.device).toMatch(/^WebAssembly SIMD, (fused|plain) arithmetic, [0-9]+ threads?$/);
    expect(engine.info.limits).toEqual({ maxSessionBytes: 2 ** 32, threads: availableParallelism() });
    const single = await createWasmEngine({ threads: 1, arithmetic: 'plain' });
    expect(single.info).toMatchObject({
      device: 'WebAssembly SIMD, plain arithmetic, 1 thread',
      arithmetic: 'plain',
      features: ['simd128'],
    });
    single.destroy();
  });

  it.each([
    [{ threads: 0 }, 'whole number >= 1; got 0'],
    [{ threads: 1.5 }, 'got 1.5'],
    [{ threads: 1000 }, `at once; got 1000`],
    [{ threadingThreshold: NaN }, 'got NaN'],
    [{ arithmetic: 'exact' as 'plain' }, 'auto, fused, plain; got exact'],
    [{ pruning: 'elkan' as 'none' }, 'none, hamerly, yinyang; got elkan'],
  ])('refuses %o', async (options, message) => {
    await expect(createWasmEngine(options)).rejects.toThrow(InvalidArgumentError);
    await expect(createWasmEngine(options)).rejects.toThrow(message);
  });

  it('has no device matrices', async () => {
    const elsewhere: DeviceMatrix = {
      location: 'device',
      engine: 'webgpu',
      rows: 1,
      columns: 1,
      handle: {},
      destroy: () => undefined,
      [Symbol.dispose]: () => undefined,
    };
    const calls = [
      () => engine.createKMeans(elsewhere, { clusters: 1 }),
      () => engine.scaleRows(elsewhere, { kind: 'unit' }),
      () => engine.download(elsewhere),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toThrow(UnsupportedError);
      await expect(call()).rejects.toThrow("the webgpu engine's device");
    }
  });

  it('destroys its sessions with itself', async () => {
    const own = await createWasmEngine();
    const session = await own.createKMeans(matrix(new Float32Array(4), 2, 2), { clusters: 1 });
    own.destroy();
    await expect(session.assign()).rejects.toThrow(StateError);
    await expect(own.createKMeans(matrix(new Float32Array(1), 1, 1), { clusters: 1 })).rejects.toThrow(
      StateError,
    );
  });

  it('rejects values that overflow float32 instead of returning infinities', async () => {
    const points = matrix(Float64Array.of(-1e30, 1e30), 2, 1);
    const kmeans = await engine.createKMeans(points, { clusters: 1 });
    await kmeans.writeCentroids(Float64Array.of(0));
    await expect(kmeans.assign()).rejects.toThrow(DataError);
    await expect(kmeans.seedPotentials(Uint32Array.of(0))).rejects.toThrow('too large for float32');
    await expect(kmeans.distancesToCentroids(0, 2)).rejects.toThrow(DataError);
    kmeans.destroy();

    const near = matrix(Float64Array.of(1, 2, 1e25), 3, 1);
    const mixture = await engine.createGaussianMixture(near, {
      components: 1,
      covarianceType: 'full',
      regCovar: 0,
    });
    await mixture.writeParameters({
      weights: Float64Array.of(1),
      means: Float64Array.of(0),
      covariances: Float64Array.of(1),
    });
    await expect(mixture.responsibilities(0, 3)).rejects.toThrow(DataError);
    mixture.destroy();
  });

  it.each([0, -0.5, 3])('reads bytes with scale %f as the reference does', async (scale) => {
    const random = new Random(4);
    const points = matrix(
      Uint8Array.from({ length: 90 }, () => random.integer(256)),
      30,
      3,
      scale,
    );
    const seen = await Promise.all(
      [engine, createReferenceEngine()].map(async (each) => {
        const session = await each.createKMeans(points, { clusters: 2 });
        await session.writeCentroids(await session.readRows(Uint32Array.of(3, 11)));
        const { inertia } = await session.assign();
        const distances = await session.distancesToCentroids(0, 30);
        const moments = await session.columnMoments();
        session.destroy();
        return [inertia, ...distances, ...moments.mean, ...moments.variance];
      }),
    );
    seen[0].forEach((value, i) => {
      expect(Math.abs(value - seen[1][i])).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(seen[1][i])));
    });
  });

  it('stops within a pass when aborted, and lets the event loop run meanwhile', async () => {
    const controller = new AbortController();
    const points = matrix(new Uint8Array(200_000 * 64).fill(7), 200_000, 64);
    const session = await engine.createKMeans(points, { clusters: 200, signal: controller.signal });
    await session.writeCentroids(new Float32Array(200 * 64));
    setTimeout(() => {
      controller.abort(new Error('enough'));
    });
    // A single pass takes many times longer than a turn of the event loop.
    await expect(session.assign()).rejects.toThrow('enough');
    session.destroy();
  });

  it('stops while it tabulates distances and responsibilities', async () => {
    const points = matrix(new Uint8Array(20_000 * 64).fill(7), 20_000, 64);
    const inKMeans = new AbortController();
    const kmeans = await engine.createKMeans(points, { clusters: 200, signal: inKMeans.signal });
    setTimeout(() => {
      inKMeans.abort(new Error('enough'));
    });
    await expect(kmeans.distancesToCentroids(0, 20_000)).rejects.toThrow('enough');
    kmeans.destroy();

    const inMixture = new AbortController();
    const mixture = await engine.createGaussianMixture(points, {
      components: 200,
      covarianceType: 'spherical',
      regCovar: 0,
      signal: inMixture.signal,
    });
    await mixture.writeParameters({
      weights: new Float64Array(200).fill(1 / 200),
      means: new Float64Array(200 * 64),
      covariances: new Float64Array(200).fill(1),
    });
    setTimeout(() => {
      inMixture.abort(new Error('enough'));
    });
    await expect(mixture.responsibilities(0, 20_000)).rejects.toThrow('enough');
    mixture.destroy();
  });

  it('frees the memory of a destroyed session', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const rows = 1_000_000;
    const points = matrix(new Uint8Array(rows * 16).fill(1), rows, 16);
    const resident = async (): Promise<number> => {
      const session = await engine.createKMeans(points, { clusters: 2 });
      await session.assign();
      session.destroy();
      await new Promise((resolve) => setTimeout(resolve, 0));
      collect();
      return process.memoryUsage().rss;
    };
    await resident();
    const before = await resident();
    let after = before;
    for (let fit = 0; fit < 12; fit++) after = await resident();
    // Twelve sessions of 32 MB each would show as 384 MB.
    expect(after - before).toBeLessThan(96e6);
  });

  it('runs a whole fit, bit-identical for a seed', async () => {
    const random = new Random(1);
    const points = matrix(
      Float32Array.from({ length: 600 * 5 }, (_, i) => random.normal() + 8 * (Math.floor(i / 5) % 3)),
      600,
      5,
    );
    const fit = () => new KMeans({ clusters: 3, seed: 5, engine }).fit(points);
    const [one, two] = [await fit(), await fit()];
    expect(two.inertia).toBe(one.inertia);
    expect(two.labels).toEqual(one.labels);
    expect(new Set(one.labels.subarray(0, 3)).size).toBe(3);
    expect(one.labels.every((label, i) => label === one.labels[i % 3])).toBe(true);
  });
});

it('takes more columns than a call has arguments', async () => {
  using engine = await createWasmEngine();
  const columns = 200_000;
  const points = matrix(
    Float32Array.from({ length: 4 * columns }, (_, i) => 20 * Math.floor(i / columns / 2) + (i % 7)),
    4,
    columns,
  );
  const { labels } = await new KMeans({ clusters: 2, engine }).fit(points);
  expect([labels[1], labels[3]]).toEqual([labels[0], labels[2]]);
  expect(labels[0]).not.toBe(labels[2]);
});

it('names the value that float32 cannot hold, and what to do', async () => {
  using engine = await createWasmEngine();
  const points = matrix(Float64Array.of(1, 1e39, 2, 3, 3, 4), 3, 2);
  await expect(new KMeans({ clusters: 2, engine }).fit(points)).rejects.toThrow(
    "row 0, column 1 is 1e+39, but engines compute in float32, which ends at 3.4e38. Scale the columns (scaling: 'standardize')",
  );
});
