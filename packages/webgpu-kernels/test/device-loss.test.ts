import {
  DeviceError,
  GaussianMixture,
  gatherRows,
  Hdbscan,
  KMeans,
  Pca,
  StateError,
  UnsupportedError,
  type Engine,
} from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createWebGpuEngine, WebGpuEngine, type DeviceChange } from '../src/index.ts';
import { createNodeWebGpuEngine } from '../src/node/index.ts';
import { bufferUsage } from '../src/runtime/gpu-constants.ts';
import { losingDevice } from './lose-device.ts';

const { points } = blobs(900, 5, 6, 3, 2);
const nothing = { buffers: 0, bytes: 0 };

const engines: Engine[] = [];
afterEach(() => {
  for (const engine of engines.splice(0)) engine.destroy();
});

type Opened = Awaited<ReturnType<typeof createNodeWebGpuEngine>>;

async function open(onDeviceChange: (change: DeviceChange) => void = () => undefined): Promise<Opened> {
  const engine = await createNodeWebGpuEngine({ allowSoftware: true, onDeviceChange });
  engines.push(engine);
  return engine;
}

const fitKMeans = (engine: Engine, signal?: AbortSignal) =>
  new KMeans({ clusters: 8, seed: 1, tolerance: 0, engine }).fit(points, { signal });

const fits: readonly [string, (engine: Engine) => Promise<{ toState(): unknown }>][] = [
  ['k-means++', fitKMeans],
  [
    'spherical k-means|| of standardized points',
    (engine) =>
      new KMeans({ clusters: 8, init: 'k-means||', metric: 'cosine', scaling: 'standardize', engine }).fit(
        points,
      ),
  ],
  [
    'k-means with empty clusters',
    (engine) => new KMeans({ clusters: 40, init: fewDistinctRows(40), engine }).fit(points),
  ],
  [
    'a full mixture',
    (engine) => new GaussianMixture({ clusters: 4, tolerance: 1e-9, maxIterations: 20, engine }).fit(points),
  ],
  [
    'a diagonal mixture from seeds',
    (engine) =>
      new GaussianMixture({ clusters: 4, covarianceType: 'diag', init: 'k-means++', nInit: 2, engine }).fit(
        points,
      ),
  ],
  ['HDBSCAN', (engine) => new Hdbscan({ minClusterSize: 20, minSamples: 3, engine }).fit(points)],
  ['principal components', (engine) => new Pca({ components: 2, iterations: 3, engine }).fit(points)],
];

/** Centroids of two different rows: all but two clusters are empty at first. */
function fewDistinctRows(clusters: number) {
  const rows = Array.from({ length: clusters }, (_, k) => (k === 0 ? 7 : 0));
  return { ...points, data: gatherRows(points, rows), rows: clusters };
}

describe('a fit whose device is lost', () => {
  it.each(fits)(
    'continues to the same bits, at any point of the loss: %s',
    { timeout: 120_000 },
    async (_, fit) => {
      const changes: DeviceChange[] = [];
      const engine = await open((change) => changes.push(change));
      const undisturbed = await losingDevice(engine, [], () => fit(engine));
      const expected = undisturbed.result.toState();
      const last = undisturbed.submits;
      // Each run compiles the kernels again.
      const moments = new Set([1, ...[1 / 3, 2 / 3, 1].map((share) => Math.ceil(share * last))]);
      for (const at of moments) {
        const before = engine.device;
        const { result } = await losingDevice(engine, [at], () => fit(engine));
        expect(result.toState()).toEqual(expected);
        expect(changes.at(-1)).toMatchObject({ previous: before, device: engine.device });
        expect(engine.device).not.toBe(before);
        expect(engine.memory).toEqual(nothing);
      }
      expect(engine.recoveries).toBe(moments.size);
      expect(changes).toHaveLength(moments.size);
    },
  );

  it('is rejected when the device is lost again, while it is restored or later', async () => {
    const engine = await open();
    const { submits } = await losingDevice(engine, [], () => fitKMeans(engine));
    for (const again of [1, 2, 5]) {
      const at = Math.ceil(submits / 2);
      const fitting = losingDevice(engine, [at, at + again], () => fitKMeans(engine));
      await expect(fitting).rejects.toMatchObject({ name: 'DeviceError', reason: 'lost' });
      await expect(fitting).rejects.toThrow(/lost before.*only once/);
      expect(engine.memory).toEqual(nothing);
    }
    // The engine itself can still be used.
    expect((await fitKMeans(engine)).iterations).toBeGreaterThan(0);
  });

  it('is rejected when the device was given, or its adapter', async () => {
    const owner = await open();
    const adapter = await owner.gpu.requestAdapter();
    for (const engine of [
      await createWebGpuEngine({ device: owner.device }),
      await createWebGpuEngine({ adapter: adapter! }),
    ]) {
      engines.push(engine);
      const fitting = losingDevice(engine, [3], () => fitKMeans(engine));
      await expect(fitting).rejects.toMatchObject({ name: 'DeviceError', reason: 'lost' });
      await expect(fitting).rejects.toThrow(/cannot open another/);
      await expect(fitKMeans(engine)).rejects.toThrow(/cannot open another/);
      expect(engine.memory).toEqual(nothing);
      expect(engine.recoveries).toBe(0);
    }
  });

  it('is rejected when the points were only on the device', async () => {
    const engine = await open();
    const upload = () => {
      const usage = bufferUsage.storage | bufferUsage.copySource | bufferUsage.copyDestination;
      const buffer = engine.device.createBuffer({ size: points.data.byteLength, usage });
      engine.device.queue.writeBuffer(buffer, 0, points.data as Float32Array<ArrayBuffer>);
      return engine.deviceMatrix(buffer, points.rows, points.columns);
    };
    const resident = upload();
    const fit = () => new KMeans({ clusters: 8, engine }).fit(resident);
    const lost = { name: 'DeviceError', reason: 'lost' };
    const fitting = losingDevice(engine, [3], fit);
    await expect(fitting).rejects.toMatchObject(lost);
    await expect(fitting).rejects.toThrow(/upload or compute them again/);
    // They are also not found on the new device.
    await fitKMeans(engine);
    expect(engine.recoveries).toBe(1);
    await expect(fit()).rejects.toMatchObject(lost);
    await expect(engine.download(resident)).rejects.toMatchObject(lost);
    await expect(engine.scaleRows(resident, { kind: 'unit' })).rejects.toMatchObject(lost);
    resident.destroy();
    const other = await open();
    const elsewhere = upload();
    await expect(other.download(elsewhere)).rejects.toBeInstanceOf(UnsupportedError);
    elsewhere.destroy();
    expect(engine.memory).toEqual(nothing);
  });

  it('can be aborted while it recovers', async () => {
    const controller = new AbortController();
    const engine = await open(() => {
      controller.abort(new Error('enough'));
    });
    const fitting = losingDevice(engine, [6], () => fitKMeans(engine, controller.signal));
    await expect(fitting).rejects.toThrow('enough');
    expect(engine.recoveries).toBe(1);
    expect(engine.memory).toEqual(nothing);
  });

  it('ends with a StateError when the engine is destroyed meanwhile', async () => {
    for (const when of ['while it opens a device', 'after it opened one'] as const) {
      const engine = await open(() => {
        if (when === 'after it opened one') engine.destroy();
      });
      const { lost } = engine.device;
      const fitting = losingDevice(engine, [6], () => fitKMeans(engine));
      if (when === 'while it opens a device') {
        void lost.then(() => {
          engine.destroy();
        });
      }
      await expect(fitting).rejects.toBeInstanceOf(StateError);
      expect(engine.memory).toEqual(nothing);
    }
  });

  it('shares the new device with the other fits that lost theirs', async () => {
    const engine = await open();
    const alone = [];
    for (const [, fit] of fits.slice(0, 4)) alone.push((await fit(engine)).toState());
    const { result } = await losingDevice(engine, [40], () =>
      Promise.all(fits.slice(0, 4).map(([, fit]) => fit(engine))),
    );
    expect(result.map((model) => model.toState())).toEqual(alone);
    expect(engine.recoveries).toBe(1);
    expect(engine.memory).toEqual(nothing);
  });
});

describe('a session whose device is lost between calls', () => {
  it('has the seeds, labels, distances, sums and counts that it had', async () => {
    const engine = await open();
    const work = async (lose: () => Promise<unknown>) => {
      const session = await engine.createKMeans(points, { clusters: 8 });
      const out: unknown[] = [];
      await session.addSeeds(Uint32Array.of(4, 90));
      await lose();
      out.push(await session.drawSeeds(Float64Array.of(0.1, 0.7, 0.3, 0.9), 2));
      out.push(await session.seedWeights(), await session.sampleRows(Float64Array.of(0.2, 0.8)));
      await session.writeCentroids(gatherRows(points, [0, 1, 2, 3, 4, 5, 6, 7]));
      out.push(await session.step(2, 0), await session.readDistances(), await session.readLabels());
      out.push(await session.step(2, 0), await session.readSums(), await session.assign());
      out.push(
        await session.readLabels(),
        await session.step(1, 0),
        await session.distancesToCentroids(0, 9),
      );
      session.destroy();
      return out;
    };
    const expected = await work(() => Promise.resolve());
    const lose = async () => {
      engine.device.destroy();
      await engine.device.lost;
    };
    expect(await work(lose)).toEqual(expected);
    expect(engine.recoveries).toBe(1);
    // Before each call in turn that comes after iterations.
    for (const call of [
      'readLabels',
      'readSums',
      'step',
      'assign',
      'readDistances',
      'readCentroids',
    ] as const) {
      const results = [];
      for (const disturb of [() => Promise.resolve(), lose]) {
        const session = await engine.createKMeans(points, { clusters: 8 });
        await session.writeCentroids(gatherRows(points, [0, 1, 2, 3, 4, 5, 6, 7]));
        await session.step(2, 0);
        await session.step(2, 0);
        await disturb();
        results.push(call === 'step' ? await session.step(3, 0) : await session[call]());
        session.destroy();
      }
      expect(results[1]).toEqual(results[0]);
    }
    expect(engine.memory).toEqual(nothing);
  });

  it('frees the session that it opened again when it was destroyed meanwhile', async () => {
    const engine = await open(() => {
      session.destroy();
    });
    const session = await engine.createKMeans(points, { clusters: 3 });
    engine.device.destroy();
    await expect(session.columnMoments()).rejects.toBeInstanceOf(StateError);
    expect(engine.memory).toEqual(nothing);
  });
});

describe('an engine whose device is lost outside of fits', () => {
  it('works on a new one, and reports it', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    try {
      const engine = await createNodeWebGpuEngine({ allowSoftware: true });
      engines.push(engine);
      const expected = (await fitKMeans(engine)).toState();
      const before = engine.device;
      before.destroy();
      await before.lost;
      expect((await fitKMeans(engine)).toState()).toEqual(expected);
      expect(engine.device).not.toBe(before);
      expect(warn.mock.calls).toEqual([[expect.stringMatching(/lost \(destroyed.*opened again/)]]);
    } finally {
      warn.mockRestore();
    }
  });

  it('is rejected when no device, or another adapter, is found', async () => {
    const owner = await open();
    const { adapterInfo } = owner;
    const another = { vendor: '', architecture: '', description: 'Another GPU' } as GPUAdapterInfo;
    const answers = [
      [() => Promise.reject(new UnsupportedError('No GPU adapter was found.')), /No GPU adapter was found/],
      [async () => ({ device: await requestDevice(owner), adapterInfo: another }), /now Another GPU/],
    ] as const;
    for (const [reopen, message] of answers) {
      const device = await requestDevice(owner);
      const engine = new WebGpuEngine({ device, adapterInfo, owned: true, reopen });
      engines.push(engine);
      const fitting = losingDevice(engine, [3], () => fitKMeans(engine));
      await expect(fitting).rejects.toBeInstanceOf(DeviceError);
      await expect(fitting).rejects.toThrow(message);
      expect(engine.memory).toEqual(nothing);
    }
  });
});

async function requestDevice({ gpu }: Opened): Promise<GPUDevice> {
  const adapter = await gpu.requestAdapter();
  return adapter!.requestDevice();
}
