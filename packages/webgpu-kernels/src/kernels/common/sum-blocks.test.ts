import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { sumBlocksGrid, sumBlocksKernel, sumBlocksParams } from './sum-blocks.ts';

describe('sum-blocks', () => {
  const device = useTestDevice();

  it.each([
    [1, 1],
    [63, 16],
    [64, 17],
    [65, 300],
  ])('adds up %i elements of %i blocks', async (elements, blocks) => {
    const partials = normals(elements, elements * blocks);
    const { totals } = await runKernel(device.context, sumBlocksKernel, {
      grid: sumBlocksGrid(elements),
      buffers: {
        partials,
        totals: new Float32Array(elements),
        params: new Uint8Array(sumBlocksParams(elements, blocks)),
      },
    });
    const expected = new Float64Array(elements);
    partials.forEach((value, i) => (expected[i % elements] += value));
    expect(relativeError(new Float32Array(totals), expected)).toBeLessThan(1e-6);
  });

  it('packs elements, then blocks', () => {
    expect([...new Uint32Array(sumBlocksParams(7, 9))]).toEqual([7, 9, 0, 0]);
  });
});
