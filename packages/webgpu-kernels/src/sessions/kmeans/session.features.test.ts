import { gatherRows, KMeans, Random, type Matrix } from '@shoal/core';
import { blobs, bytes } from '@shoal/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebGpuEngine } from '../../engine/webgpu-engine.ts';
import { DeviceContext } from '../../runtime/device.ts';
import { OPTIONAL_FEATURES } from '../../runtime/features.ts';
import { describeVariants } from '../../testing/describe-variants.ts';
import { requireFeatures } from '../../testing/require-features.ts';
import { openTestDevice } from '../../testing/test-device.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { measureVariants } from '../../tuning/measure-variants.ts';
import { WebGpuKMeansSession } from './session.ts';
import { KMEANS_VARIANTS, type VariantChoice } from './resources.ts';

describeVariants(['half', 'matrix', 'split-matrix'], requireFeatures);

describe('a device with half floats and a matrix unit', () => {
  const device = useTestDevice(requireFeatures);
  /** The device with the options of hardware. */
  let hardware: DeviceContext;
  beforeAll(() => {
    const { device: own, adapterInfo } = device.context;
    hardware = new DeviceContext(own, { software: false, adapterInfo });
  });

  async function variantOf(
    context: DeviceContext,
    points: Matrix,
    options: { readonly clusters: number; readonly precision?: 'exact' | 'fast' },
    choice?: VariantChoice,
  ): Promise<string> {
    const session = await WebGpuKMeansSession.create(context, points, options, choice);
    session.destroy();
    return session.variant;
  }

  it('is used for fast precision, on hardware, where tiles are faster', async () => {
    const wide = bytes(100, 784, 1);
    expect(await variantOf(hardware, wide, { clusters: 40, precision: 'fast' })).toBe('matrix');
    expect(await variantOf(hardware, wide, { clusters: 3, precision: 'fast' })).toBe('fused');
    expect(await variantOf(device.context, wide, { clusters: 40, precision: 'fast' })).toBe('tiled');
    expect(await variantOf(hardware, wide, { clusters: 40 })).toBe('tiled');
    const tuned = { tuned: 'split-matrix' } as const;
    expect(await variantOf(hardware, wide, { clusters: 40 }, tuned)).toBe('split-matrix');
  });

  it('is measured with all variants, and reports its features', async () => {
    const { device: own, adapterInfo } = device.context;
    const engine = new WebGpuEngine({ device: own, adapterInfo, owned: false });
    const timings = await measureVariants(engine, { rows: 300, columns: 3, clusters: 5 });
    expect(timings.map(({ variant }) => variant).sort()).toEqual([...KMEANS_VARIANTS].sort());
    expect(engine.info.features).toEqual(OPTIONAL_FEATURES);
    engine.destroy();
  });

  it.each(KMEANS_VARIANTS)('labels as straight does, iteration by iteration: %s', async (variant) => {
    for (const points of [blobs(900, 40, 5, 3, 6).points, bytes(700, 100, 4)]) {
      const start = gatherRows(points, new Random(2).distinct(33, points.rows));
      const run = async (choice: VariantChoice) => {
        const session = await WebGpuKMeansSession.create(
          device.context,
          points,
          { clusters: 33, precision: 'exact' },
          choice,
        );
        await session.writeCentroids(start);
        const changed = (await session.step(6, 0)).map((iteration) => iteration.changed);
        const labels = await session.readLabels();
        session.destroy();
        return { changed, labels };
      };
      expect(await run({ variant })).toEqual(await run({ variant: 'straight' }));
    }
  });
});

describe('a device with half floats alone', () => {
  let own: Awaited<ReturnType<typeof openTestDevice>>;
  beforeAll(async () => {
    own = await openTestDevice((adapter) => adapter.requestDevice({ requiredFeatures: ['shader-f16'] }));
  });
  afterAll(() => {
    own.destroy();
  });

  it('uses these for fast precision, and rejects a request for matrices', async () => {
    const { device, adapterInfo } = own.context;
    const hardware = new DeviceContext(device, { software: false, adapterInfo });
    const points = bytes(100, 784, 1);
    const fast = { clusters: 40, precision: 'fast' } as const;
    const session = await WebGpuKMeansSession.create(hardware, points, fast);
    expect(session.variant).toBe('half');
    session.destroy();
    const refused = WebGpuKMeansSession.create(hardware, points, fast, { variant: 'matrix' });
    await expect(refused).rejects.toThrow(/not the feature "subgroups"/);
  });
});

describe('fast precision', () => {
  const device = useTestDevice(requireFeatures);

  it('reaches an inertia within a thousandth of the exact one', async () => {
    const { device: own, adapterInfo } = device.context;
    const { points } = blobs(2000, 64, 50, 7, 2);
    const fit = async (precision: 'exact' | 'fast') => {
      const engine = new WebGpuEngine({ device: own, adapterInfo, owned: false });
      const createKMeans = engine.createKMeans.bind(engine);
      const variants: string[] = [];
      engine.createKMeans = async (each, options) => {
        const session = await createKMeans(each, options, precision === 'fast' ? 'matrix' : 'straight');
        variants.push(session.variant);
        return session;
      };
      const model = await new KMeans({ clusters: 100, seed: 3, precision, engine }).fit(points);
      engine.destroy();
      return { model, variants };
    };
    const exact = await fit('exact');
    const fast = await fit('fast');
    expect([exact.variants, fast.variants]).toEqual([['straight'], ['matrix']]);
    expect(Math.abs(fast.model.inertia / exact.model.inertia - 1)).toBeLessThan(1e-3);
  });
});
