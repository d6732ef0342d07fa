import {
  createReferenceEngine,
  gatherRows,
  matrix,
  Random,
  UnsupportedError,
  type Engine,
  type Matrix,
} from '@shoal/core';
import { blobs, bytes } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { deviceMatrix } from '../../points/device-points.ts';
import { DeviceContext } from '../../runtime/device.ts';
import { engineDevice } from '../../testing/engine-device.ts';
import { describeVariants } from '../../testing/describe-variants.ts';
import { openTestDevice } from '../../testing/test-device.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { openKMeans } from './recoverable.ts';
import { WebGpuKMeansSession } from './session.ts';

describeVariants(['straight', 'fused', 'tiled']);

describe('WebGpuKMeansSession', () => {
  const device = useTestDevice();

  it('streams points that may not stay on the device, with the same results and the memory of two slots', async () => {
    const { points } = blobs(64 * 10, 6, 4, 3);
    const budget = 64 * 6 * 4;
    const fitIn = async (residentBytes: number) => {
      const context = new DeviceContext(device.context.device, {
        software: true,
        submitBudget: budget,
        residentBytes,
      });
      const session = await WebGpuKMeansSession.create(context, points, { clusters: 4 });
      const held = context.ledger.bytes;
      await session.addSeeds(Uint32Array.of(3));
      const seeds = await session.drawSeeds(Float64Array.of(0.1, 0.9, 0.4, 0.6, 0.2, 0.7), 2);
      await session.writeCentroids(gatherRows(points, [3, ...seeds]));
      const [iterations, moments] = await Promise.all([session.step(6, 0), session.columnMoments()]);
      const labels = await session.readLabels();
      session.destroy();
      return { held, result: { seeds, iterations, moments, labels } };
    };
    const resident = await fitIn(points.data.byteLength);
    const streamed = await fitIn(points.data.byteLength - 1);
    expect(streamed.result).toEqual(resident.result);
    const slots = 2 * 64 * 6 * 4;
    expect(resident.held - streamed.held).toBe(points.data.byteLength - slots);
  });

  it('rejects a call that streams with a StateError when the session is destroyed', async () => {
    const { points } = blobs(64 * 10, 6, 4, 3);
    const context = new DeviceContext(device.context.device, {
      software: true,
      submitBudget: 1,
      residentBytes: 0,
    });
    const session = await openKMeans(engineDevice(context), points, { clusters: 4 });
    await session.writeCentroids(gatherRows(points, [0, 1, 2, 3]));
    const stepping = session.step(50, 0);
    await new Promise((resolve) => setTimeout(resolve, 1));
    session.destroy();
    await expect(stepping).rejects.toMatchObject({ name: 'StateError' });
    expect(context.ledger.count).toBe(0);
  });

  async function fit(points: Matrix, clusters: number): Promise<number> {
    const session = await WebGpuKMeansSession.create(device.context, points, { clusters });
    await session.addSeeds(Uint32Array.of(0, 7));
    await session.seedWeights();
    await session.seedPotentials(Uint32Array.of(1, 2));
    await session.sampleRows(Float64Array.of(0.5));
    await session.columnMoments();
    await session.writeCentroids(gatherRows(points, new Random(1).distinct(clusters, points.rows)));
    const iterations = await session.step(20, 0);
    await session.readSums();
    await session.distancesToCentroids(0, 5);
    const held = device.context.ledger.bytes;
    session.destroy();
    expect(iterations.length).toBeGreaterThan(0);
    return held;
  }

  it('frees everything: fits do not grow GPU memory', async () => {
    const { points } = blobs(300, 4, 3, 1);
    const first = await fit(points, 3);
    expect(device.context.ledger.count).toBe(0);
    // The ledger counts bytes: what one fit leaves would show after the next.
    for (let i = 0; i < 20; i++) expect(await fit(points, 3)).toBe(first);
    expect([device.context.ledger.count, device.context.ledger.bytes]).toEqual([0, 0]);
  });

  it('stores bytes as bytes', async () => {
    const points = bytes(1000, 100, 1);
    const session = await WebGpuKMeansSession.create(device.context, points, { clusters: 1 });
    expect(device.context.ledger.bytes).toBeLessThan(350_000);
    session.destroy();
  });

  it('clusters points that are on the device, without destroying them', async () => {
    const { context } = device;
    const { points } = blobs(200, 3, 4, 7);
    const scope = context.createScope();
    const buffer = await context.guard('testing', () => scope.upload('points', points.data));
    const resident = deviceMatrix(context, buffer, 200, 3);
    const start = gatherRows(points, [0, 1, 2, 3]);
    const labels = await Promise.all(
      [points, resident].map(async (each) => {
        const session = await WebGpuKMeansSession.create(context, each, { clusters: 4 });
        await session.writeCentroids(start);
        await session.step(5, 0);
        const found = await session.readLabels();
        session.destroy();
        return found;
      }),
    );
    expect(labels[1]).toEqual(labels[0]);
    expect(context.ledger.count).toBe(1);
    scope.destroy();
  });

  it('agrees with the reference over thirty iterations', async () => {
    const { points } = blobs(2000, 8, 12, 3, 6);
    const start = gatherRows(points, new Random(2).distinct(12, 2000));
    const run = async (engine: Pick<Engine, 'createKMeans'>): Promise<number[]> => {
      const session = await engine.createKMeans(points, { clusters: 12 });
      await session.writeCentroids(start);
      const inertias = (await session.step(30, 0)).map(({ inertia }) => inertia);
      session.destroy();
      return inertias;
    };
    const expected = await run(createReferenceEngine());
    const found = await run({
      createKMeans: (each, options) => openKMeans(engineDevice(device.context), each, options),
    });
    found.forEach((inertia, i) => {
      expect(Math.abs(inertia / expected[i] - 1)).toBeLessThan(1e-5);
    });
  });

  it.each([
    [784, 3, 'fused', 'straight'],
    [32, 64, 'fused', 'straight'],
    [784, 32, 'straight', 'straight'],
    [784, 33, 'tiled', 'tiled'],
    [128, 1000, 'tiled', 'tiled'],
  ])('chooses by shape: %i columns, %i clusters: %s', async (columns, clusters, onHardware, inSoftware) => {
    const points = bytes(100, columns, 1);
    for (const [software, variant] of [
      [false, onHardware],
      [true, inSoftware],
    ] as const) {
      // With the memory limits of every device.
      const context = new DeviceContext(device.context.device, { software });
      const session = await WebGpuKMeansSession.create(context, points, { clusters });
      expect(session.variant).toBe(variant);
      session.destroy();
    }
  });

  it.each([
    ['fused', 784, 10, /"fused".*sums of 10 clusters of 784 columns do not fit the 16384 bytes/],
    ['half', 4, 10, /"half".*does not have the feature "shader-f16"/],
    ['matrix', 4, 10, /"matrix".*does not have the feature "shader-f16"/],
    ['split-matrix', 4, 10, /"split-matrix".*does not have the feature "shader-f16"/],
  ] as const)('rejects the variant %s where it cannot run', async (variant, columns, clusters, message) => {
    // The device was opened without features, even if its adapter has some.
    const creating = WebGpuKMeansSession.create(
      device.context,
      bytes(100, columns, 1),
      { clusters },
      { variant },
    );
    await expect(creating).rejects.toThrow(message);
    await expect(creating).rejects.toBeInstanceOf(UnsupportedError);
    expect(device.context.ledger.count).toBe(0);
  });

  it.each(['fused', 'matrix'] as const)(
    'uses another variant where %s was tuned but cannot run',
    async (tuned) => {
      const points = bytes(100, 784, 1);
      const session = await WebGpuKMeansSession.create(device.context, points, { clusters: 10 }, { tuned });
      expect(session.variant).toBe('straight');
      session.destroy();
    },
  );

  it('is exact for fast precision without half floats', async () => {
    const context = new DeviceContext(device.context.device, { software: false });
    const points = bytes(100, 784, 1);
    const session = await WebGpuKMeansSession.create(context, points, { clusters: 40, precision: 'fast' });
    expect(session.variant).toBe('tiled');
    session.destroy();
  });

  it('rejects shapes that the device cannot bind', async () => {
    const columns = device.context.device.limits.maxStorageBufferBindingSize / 64 + 1;
    const points = matrix(new Uint8Array(columns), 1, columns);
    const refused = WebGpuKMeansSession.create(device.context, points, { clusters: 1 });
    await expect(refused).rejects.toBeInstanceOf(UnsupportedError);
    expect(device.context.ledger.count).toBe(0);
  });

  it('rejects running calls when it, or the device, is destroyed', async () => {
    const own = await openTestDevice();
    const { points } = blobs(300, 4, 3, 1);
    const session = await openKMeans(engineDevice(own.context), points, { clusters: 3 });
    const stepping = session.step(50, 0);
    session.destroy();
    await expect(stepping).rejects.toMatchObject({ name: 'StateError' });
    const other = await openKMeans(engineDevice(own.context), points, { clusters: 3 });
    const assigning = other.assign();
    own.context.device.destroy();
    await expect(assigning).rejects.toMatchObject({ name: 'DeviceError', reason: 'lost' });
    await expect(other.assign()).rejects.toMatchObject({ name: 'DeviceError', reason: 'lost' });
    own.destroy();
    await expect(other.assign()).rejects.toMatchObject({ name: 'StateError' });
  });
});
