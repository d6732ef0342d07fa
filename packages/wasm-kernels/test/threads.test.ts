import type { Worker } from 'node:worker_threads';
import { DeviceError, gatherRows, KMeans, matrix, Pca, Random, StateError, type Matrix } from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const threads = process.getBuiltinModule('node:worker_threads');
const RealWorker = threads.Worker;

/** The real workers that engines started in this test. */
let started: Worker[] = [];

/** How many of them are still running. */
let alive = 0;

beforeEach(() => {
  started = [];
  alive = 0;
  threads.Worker = class extends RealWorker {
    constructor(...args: ConstructorParameters<typeof RealWorker>) {
      super(...args);
      started.push(this);
      alive++;
      this.once('exit', () => alive--);
    }
  };
});

afterEach(() => {
  threads.Worker = RealWorker;
});

/** So many points that a pass takes many times longer than a message. */
function manyPoints(): Matrix {
  const random = new Random(1);
  return matrix(
    Uint8Array.from({ length: 100_000 * 64 }, () => random.integer(256)),
    100_000,
    64,
  );
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('threads', () => {
  it('start when there is enough work, and end with the engine', async () => {
    const engine = await createWasmEngine({ threads: 3 });
    const small = await engine.createKMeans(matrix(new Float32Array(4), 2, 2), { clusters: 1 });
    expect(started).toHaveLength(0);
    small.destroy();
    const large = await engine.createKMeans(manyPoints(), { clusters: 200 });
    // The calling thread is the third thread.
    expect(started).toHaveLength(2);
    engine.destroy();
    await until(() => alive === 0);
    await expect(large.resetSeeds()).rejects.toThrow(StateError);
  });

  it('stop within one chunk when aborted, and the engine goes on', async () => {
    const engine = await createWasmEngine({ threads: 2 });
    const controller = new AbortController();
    const points = manyPoints();
    const session = await engine.createKMeans(points, { clusters: 900, signal: controller.signal });
    await session.writeCentroids(gatherRows(points, new Random(2).distinct(900, points.rows)));
    const began = performance.now();
    await session.step(1, 0);
    const pass = performance.now() - began;
    const aborted = session.step(100, 0);
    setTimeout(() => {
      controller.abort(new Error('enough'));
    }, pass / 4);
    await expect(aborted).rejects.toThrow('enough');
    session.destroy();

    const again = await engine.createKMeans(points, { clusters: 2 });
    await again.writeCentroids(gatherRows(points, [0, 1]));
    expect((await again.assign()).changed).toBe(points.rows);
    engine.destroy();
    await until(() => alive === 0);
  });

  it('that end unexpectedly reject their work, leave no other thread running, and are replaced', async () => {
    const engine = await createWasmEngine({ threads: 2 });
    const points = manyPoints();
    const start = gatherRows(points, new Random(2).distinct(900, points.rows));
    const session = await engine.createKMeans(points, { clusters: 900 });
    await session.writeCentroids(start);
    const doomed = session.step(1000, 0);
    await started[0].terminate();
    await expect(doomed).rejects.toThrow(DeviceError);
    await expect(doomed).rejects.toThrow('A thread of the wasm engine ended unexpectedly');
    await expect(session.assign()).rejects.toThrow(DeviceError);
    await until(() => alive === 0);
    session.destroy();

    const next = await engine.createKMeans(points, { clusters: 900 });
    await next.writeCentroids(start);
    expect((await next.assign()).changed).toBe(points.rows);
    expect(started).toHaveLength(2);
    engine.destroy();
    await until(() => alive === 0);
  });

  it('serve two fits at once', async () => {
    const engine = await createWasmEngine({ threads: 2, threadingThreshold: 0 });
    const fits = [1, 2, 3].map((seed) => {
      const { points } = blobs(2000, 17, 6, seed, 5);
      return new KMeans({ clusters: 6, seed, engine }).fit(points);
    });
    const together = await Promise.all(fits);
    for (const [i, seed] of [1, 2, 3].entries()) {
      const { points } = blobs(2000, 17, 6, seed, 5);
      const alone = await new KMeans({ clusters: 6, seed, engine }).fit(points);
      expect(together[i].labels).toEqual(alone.labels);
      expect(together[i].inertia).toBe(alone.inertia);
    }
    engine.destroy();
  });

  it('find the same neighbors, and compute the same layout, for any number of threads', async () => {
    const { points } = blobs(1500, 20, 4, 3);
    const results = [];
    for (const count of [1, 2, 3]) {
      const engine = await createWasmEngine({ threads: count, threadingThreshold: 0 });
      const search = await engine.createNeighborSearch(points, { neighbors: 6 });
      const { indices, distances } = await search.nearestToRows(0, 1500);
      const graph = {
        offsets: Uint32Array.from({ length: 1501 }, (_, i) => 6 * i),
        targets: indices,
        rates: new Uint32Array(9000).fill(40_000),
      };
      const random = new Random(1);
      const start = Float32Array.from({ length: 3000 }, () => random.normal());
      const layout = await engine.createGraphLayout(graph, start, {
        dimensions: 2,
        a: 1.93,
        b: 0.79,
        repulsion: 1,
        negatives: 2.5,
        learningRate: 1,
        steps: 20,
        seed: 5,
      });
      await layout.step(20);
      results.push({ indices, distances, positions: await layout.readPositions() });
      engine.destroy();
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it('do not change any bit of a fit, including its seeding, or of principal components', async () => {
    const { points } = blobs(5000, 21, 8, 4, 6);
    const results = await Promise.all(
      [1, 2, 5].map(async (count) => {
        const engine = await createWasmEngine({ threads: count, threadingThreshold: 0, arithmetic: 'plain' });
        const greedy = await new KMeans({ clusters: 8, seed: 3, engine }).fit(points);
        const scalable = await new KMeans({ clusters: 8, init: 'k-means||', seed: 3, engine }).fit(points);
        const pca = await new Pca({ components: 3, engine }).fit(points);
        engine.destroy();
        return [greedy.centroids, greedy.inertiaHistory, scalable.centroids, pca.components];
      }),
    );
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });
});
