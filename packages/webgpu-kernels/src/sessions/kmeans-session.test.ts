import {
  createReferenceEngine,
  gatherRows,
  matrix,
  Random,
  UnsupportedError,
  type Engine,
  type Matrix,
} from '@shoal/core';
import { blobs, bytes, engineContract } from '@shoal/core/testing';
import { describe, expect, it, vi, type MockInstance } from 'vitest';
import { deviceMatrix } from '../points/device-points.ts';
import { DeviceContext } from '../runtime/device.ts';
import { openTestDevice } from '../testing/test-device.ts';
import { useTestDevice } from '../testing/use-test-device.ts';
import { KMEANS_VARIANTS } from './kmeans/resources.ts';
import { WebGpuKMeansSession } from './kmeans-session.ts';

describe.each(KMEANS_VARIANTS)('k-means, %s', (variant) => {
  const device = useTestDevice();
  const cases = engineContract.filter(({ name }) => name.startsWith('k-means: '));

  it('has cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(20);
  });

  it.each(cases.map((entry) => [entry.name, entry] as const))('%s', async (_, entry) => {
    const engine: Pick<Engine, 'createKMeans'> = {
      createKMeans: (points, options) => WebGpuKMeansSession.create(device.context, points, options, variant),
    };
    await entry.run(engine as Engine);
    expect(device.context.ledger.count).toBe(0);
  });

  it.each(['f32', 'u8'] as const)(
    'dispatches four kernels an iteration at most, and reads back once a batch: %s',
    async (format) => {
      const points = format === 'u8' ? bytes(1000, 20, 1) : blobs(1000, 20, 4, 7).points;
      const session = await WebGpuKMeansSession.create(device.context, points, { clusters: 40 }, variant);
      expect(session.variant).toBe(variant);
      await session.writeCentroids(gatherRows(points, new Random(2).distinct(40, 1000)));
      const dispatches = spyOnDispatches(device.context.device);
      const readbacks = spyOnReadbacks(device.context.device);
      try {
        const iterations = await session.step(5, 0);
        expect(iterations).toHaveLength(5);
        expect(dispatches.mock.calls.length).toBe(5 * (variant === 'fused' ? 3 : 4));
        expect(readbacks.mock.calls.length).toBe(1);
      } finally {
        dispatches.mockRestore();
        readbacks.mockRestore();
        session.destroy();
      }
    },
  );
});

function spyOnDispatches(device: GPUDevice): MockInstance {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.end();
  encoder.finish();
  return vi.spyOn(Object.getPrototypeOf(pass) as GPUComputePassEncoder, 'dispatchWorkgroups');
}

function spyOnReadbacks(device: GPUDevice): MockInstance {
  const buffer = device.createBuffer({ size: 4, usage: 8 });
  buffer.destroy();
  return vi.spyOn(Object.getPrototypeOf(buffer) as GPUBuffer, 'mapAsync');
}

const inChunks = KMEANS_VARIANTS.flatMap((variant) => [
  [variant, 'resident', Infinity] as const,
  [variant, 'streamed', 0] as const,
]);

describe.each(inChunks)('k-means, %s, in chunks of 64 rows, %s', (variant, _place, residentBytes) => {
  const device = useTestDevice();
  const cases = engineContract.filter(({ name }) =>
    /^k-means: (129|257|509|weights|column|seeding)/.test(name),
  );

  it('has contract cases of more than one chunk', () => {
    expect(cases.length).toBeGreaterThanOrEqual(6);
  });

  it.each(cases.map((entry) => [entry.name, entry] as const))('%s', async (_, entry) => {
    // A budget of one multiply-add makes every chunk as small as may be, and every dispatch a submit.
    const context = new DeviceContext(device.context.device, true, 1, residentBytes);
    const engine: Pick<Engine, 'createKMeans'> = {
      createKMeans: (points, options) => WebGpuKMeansSession.create(context, points, options, variant),
    };
    await entry.run(engine as Engine);
    expect(context.ledger.count).toBe(0);
  });
});

describe('WebGpuKMeansSession', () => {
  const device = useTestDevice();

  it('streams points that may not stay on the device: same results, memory of two slots', async () => {
    const { points } = blobs(64 * 10, 6, 4, 3);
    const budget = 64 * 6 * 4;
    const fitIn = async (residentBytes: number) => {
      const context = new DeviceContext(device.context.device, true, budget, residentBytes);
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
    const context = new DeviceContext(device.context.device, true, 1, 0);
    const session = await WebGpuKMeansSession.create(context, points, { clusters: 4 });
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

  it('frees everything: 200 fits do not grow GPU memory', { timeout: 60_000 }, async () => {
    const { points } = blobs(300, 4, 3, 1);
    const first = await fit(points, 3);
    expect(device.context.ledger.count).toBe(0);
    for (let i = 0; i < 200; i++) expect(await fit(points, 3)).toBe(first);
    expect([device.context.ledger.count, device.context.ledger.bytes]).toEqual([0, 0]);
  });

  it('holds bytes as bytes', async () => {
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
      createKMeans: (each, options) => WebGpuKMeansSession.create(device.context, each, options),
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
      // With the memory that every device has.
      const context = new DeviceContext(device.context.device, software);
      const session = await WebGpuKMeansSession.create(context, points, { clusters });
      expect(session.variant).toBe(variant);
      session.destroy();
    }
  });

  it('refuses shapes the device cannot bind', async () => {
    const columns = device.context.device.limits.maxStorageBufferBindingSize / 64 + 1;
    const points = matrix(new Uint8Array(columns), 1, columns);
    const refused = WebGpuKMeansSession.create(device.context, points, { clusters: 1 });
    await expect(refused).rejects.toBeInstanceOf(UnsupportedError);
    expect(device.context.ledger.count).toBe(0);
  });

  it('rejects calls under way when it, or the device, goes', async () => {
    const own = await openTestDevice();
    const { points } = blobs(300, 4, 3, 1);
    const session = await WebGpuKMeansSession.create(own.context, points, { clusters: 3 });
    const stepping = session.step(50, 0);
    session.destroy();
    await expect(stepping).rejects.toMatchObject({ name: 'StateError' });
    const other = await WebGpuKMeansSession.create(own.context, points, { clusters: 3 });
    const assigning = other.assign();
    own.context.device.destroy();
    await expect(assigning).rejects.toMatchObject({ name: 'DeviceError', reason: 'lost' });
    await expect(other.assign()).rejects.toMatchObject({ name: 'DeviceError', reason: 'lost' });
    own.destroy();
    await expect(other.assign()).rejects.toMatchObject({ name: 'StateError' });
  });
});
