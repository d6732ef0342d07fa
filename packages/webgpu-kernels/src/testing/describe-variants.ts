import type { Engine } from '@shoal/core';
import { gatherRows, Random } from '@shoal/core';
import { blobs, bytes, engineContract, type ContractCase } from '@shoal/core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { spyOnDispatches, spyOnReadbacks } from './spies.ts';
import { DeviceContext } from '../runtime/device.ts';
import { openKMeans } from '../sessions/kmeans/recoverable.ts';
import { WebGpuKMeansSession } from '../sessions/kmeans/session.ts';
import type { KMeansVariant } from '../sessions/kmeans/resources.ts';
import type { PointFormat } from '../points/access.ts';
import { engineDevice } from './engine-device.ts';
import { useTestDevice } from './use-test-device.ts';

/** Promises about calls that do not depend on the variant. */
const WITHOUT_VARIANT = /^k-means: (seeding|sampling|more than a thousand seeds|column)/;

const IN_CHUNKS = /^k-means: (129|257|509|weights|column|seeding)/;

/** Cases of the contract; those that do not depend on the variant run only on the first. */
function casesOf(which: RegExp, isFirst: boolean): readonly ContractCase[] {
  return engineContract.filter(({ name }) => which.test(name) && (isFirst || !WITHOUT_VARIANT.test(name)));
}

/** Runs a case on a variant, and expects it to leave nothing on the device. */
async function runCase({ run }: ContractCase, context: DeviceContext, variant: KMeansVariant): Promise<void> {
  const engine: Pick<Engine, 'createKMeans' | 'info'> = {
    info: { device: 'the device of a test', software: true, features: [], limits: {} },
    createKMeans: (points, options) => openKMeans(engineDevice(context), points, options, { variant }),
  };
  await run(engine as Engine);
  expect(context.ledger.count).toBe(0);
}

/**
 * The k-means part of the engine contract on each variant: in one piece, in chunks of 64 rows, streamed; and what an
 * iteration dispatches. Cases that do not depend on the variant run on the first.
 *
 * @param request see `openTestDevice`
 */
export function describeVariants(
  variants: readonly KMeansVariant[],
  request?: (adapter: GPUAdapter) => Promise<GPUDevice>,
): void {
  describe.each(variants)('k-means, %s', (variant) => {
    const device = useTestDevice(request);
    const cases = casesOf(/^k-means: /, variant === variants[0]);

    it('has cases', () => {
      expect(cases.length).toBeGreaterThanOrEqual(20);
    });

    it.each(cases.map((entry) => [entry.name, entry] as const))('%s', (_, entry) =>
      runCase(entry, device.context, variant),
    );

    it.each(['f32', 'u8'] as const)(
      'dispatches four kernels an iteration at most, and reads back once a batch: %s',
      (format) => countDispatches(device.context, variant, format),
    );
  });

  const inChunks = variants.flatMap((variant) => [
    [variant, 'resident', Infinity] as const,
    [variant, 'streamed', 0] as const,
  ]);

  describe.each(inChunks)('k-means, %s, in chunks of 64 rows, %s', (variant, place, residentBytes) => {
    const device = useTestDevice(request);
    // Seeds of streamed points take a submit for every chunk; that they are those of resident ones is a test of its own.
    const which = place === 'streamed' ? /^k-means: (129|257|509|weights|column)/ : IN_CHUNKS;
    const cases = casesOf(which, variant === variants[0]);

    it('has contract cases of more than one chunk', () => {
      expect(cases.length).toBeGreaterThanOrEqual(5);
    });

    // A budget of one multiply-add gives the smallest chunks, and one submit per dispatch. All cases share the context,
    // so that each kernel is compiled once.
    let inSmallChunks: DeviceContext;
    beforeAll(() => {
      const { device: gpu, adapterInfo } = device.context;
      const options = { software: true, submitBudget: 1, residentBytes, adapterInfo };
      inSmallChunks = new DeviceContext(gpu, options);
    });

    it.each(cases.map((entry) => [entry.name, entry] as const))('%s', (_, entry) =>
      runCase(entry, inSmallChunks, variant),
    );
  });
}

async function countDispatches(
  context: DeviceContext,
  variant: KMeansVariant,
  format: PointFormat,
): Promise<void> {
  const points = format === 'u8' ? bytes(1000, 20, 1) : blobs(1000, 20, 4, 7).points;
  const session = await WebGpuKMeansSession.create(context, points, { clusters: 40 }, { variant });
  expect(session.variant).toBe(variant);
  await session.writeCentroids(gatherRows(points, new Random(2).distinct(40, 1000)));
  const dispatches = spyOnDispatches(context.device);
  const readbacks = spyOnReadbacks(context.device);
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
}
