import { Random } from '@shoal/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';
import { sumBlocksGrid, sumBlocksKernel, sumBlocksParams } from './sum-blocks.ts';

describe('sum-blocks', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  it.each([
    [1, 1],
    [63, 16],
    [64, 17],
    [65, 300],
  ])('adds up %i elements of %i blocks', async (elements, blocks) => {
    const random = new Random(elements);
    const partials = Float32Array.from({ length: elements * blocks }, () => random.normal());
    const { totals } = await runKernel(device.context, sumBlocksKernel, {
      grid: sumBlocksGrid(elements),
      buffers: {
        partials,
        totals: new Float32Array(elements),
        params: new Uint8Array(sumBlocksParams(elements, blocks)),
      },
    });
    for (let i = 0; i < elements; i++) {
      let expected = 0;
      for (let block = 0; block < blocks; block++) expected += partials[block * elements + i];
      expect(new Float32Array(totals)[i]).toBeCloseTo(expected, 4);
    }
  });

  it('packs elements, then blocks', () => {
    expect(new Uint32Array(sumBlocksParams(7, 9)).slice(0, 2)).toEqual(Uint32Array.of(7, 9));
  });
});
