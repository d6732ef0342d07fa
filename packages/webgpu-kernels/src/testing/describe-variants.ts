import type { Engine } from '@shoal/core';
import { gatherRows, Random } from '@shoal/core';
import { blobs, bytes, engineContract, type ContractCase } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { spyOnDispatches, spyOnReadbacks } from './spies.ts';
import { DeviceContext } from '../runtime/device.ts';
import { WebGpuKMeansSession } from '../sessions/kmeans/session.ts';
import type { KMeansVariant } from '../sessions/kmeans/resources.ts';
import { useTestDevice } from './use-test-device.ts';

/** Promises about calls that no variant has a part in. */
const WITHOUT_VARIANT = /^k-means: (seeding|sampling|more than a thousand seeds|column)/;

/**
 * The k-means part of the engine contract on each variant: in one piece, in chunks of 64 rows, streamed; and what an
 * iteration dispatches. What no variant has a part in is run on the first.
 *
 * @param request see `openTestDevice`
 */
export function describeVariants(
  variants: readonly KMeansVariant[],
  request?: (adapter: GPUAdapter) => Promise<GPUDevice>,
): void {
  const casesOf = (variant: KMeansVariant, which: RegExp): readonly ContractCase[] =>
    engineContract.filter(
      ({ name }) => which.test(name) && (variant === variants[0] || !WITHOUT_VARIANT.test(name)),
    );

  describe.each(variants)('k-means, %s', (variant) => {
    const device = useTestDevice(request);
    const cases = casesOf(variant, /^k-means: /);

    it('has cases', () => {
      expect(cases.length).toBeGreaterThanOrEqual(20);
    });

    it.each(cases.map((entry) => [entry.name, entry] as const))('%s', async (_, entry) => {
      const engine: Pick<Engine, 'createKMeans'> = {
        createKMeans: (points, options) =>
          WebGpuKMeansSession.create(device.context, points, options, { variant }),
      };
      await entry.run(engine as Engine);
      expect(device.context.ledger.count).toBe(0);
    });

    it.each(['f32', 'u8'] as const)(
      'dispatches four kernels an iteration at most, and reads back once a batch: %s',
      async (format) => {
        const points = format === 'u8' ? bytes(1000, 20, 1) : blobs(1000, 20, 4, 7).points;
        const session = await WebGpuKMeansSession.create(
          device.context,
          points,
          { clusters: 40 },
          { variant },
        );
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

  const inChunks = variants.flatMap((variant) => [
    [variant, 'resident', Infinity] as const,
    [variant, 'streamed', 0] as const,
  ]);

  describe.each(inChunks)('k-means, %s, in chunks of 64 rows, %s', (variant, _place, residentBytes) => {
    const device = useTestDevice(request);
    const cases = casesOf(variant, /^k-means: (129|257|509|weights|column|seeding)/);

    it('has contract cases of more than one chunk', () => {
      expect(cases.length).toBeGreaterThanOrEqual(6);
    });

    it.each(cases.map((entry) => [entry.name, entry] as const))('%s', async (_, entry) => {
      // A budget of one multiply-add makes every chunk as small as may be, and every dispatch a submit.
      const context = new DeviceContext(
        device.context.device,
        true,
        1,
        residentBytes,
        device.context.adapterInfo,
      );
      const engine: Pick<Engine, 'createKMeans'> = {
        createKMeans: (points, options) => WebGpuKMeansSession.create(context, points, options, { variant }),
      };
      await entry.run(engine as Engine);
      expect(context.ledger.count).toBe(0);
    });
  });
}
