import { describe, expect, it } from 'vitest';
import { Random } from '@shoal/core';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { seedWeightsBlocks, seedWeightsGrid, seedWeightsKernel, seedWeightsParams } from './seed-weights.ts';

describe('seed-weights', () => {
  const device = useTestDevice();

  async function sum(labels: Uint32Array, seeds: number, blocks: number, weights?: Float32Array) {
    const { partials } = await runKernel(device.context, seedWeightsKernel, {
      grid: seedWeightsGrid(seeds, blocks),
      constants: { weighted: weights ? 1 : 0 },
      buffers: {
        nearestSeeds: labels,
        weights: weights ?? new Float32Array(4),
        partials: new Float32Array(blocks * seeds).fill(-9),
        params: new Uint8Array(seedWeightsParams(labels.length, seeds, blocks)),
      },
    });
    return new Float32Array(partials);
  }

  it.each([
    [1, 1, 1],
    [255, 63, 1],
    [257, 64, 2],
    [1000, 1023, 3],
    [700, 1024, 5],
    [3001, 2050, 4],
  ])('%i points, %i seeds, %i blocks', async (rows, seeds, blocks) => {
    const random = new Random(rows);
    const labels = Uint32Array.from({ length: rows }, () => random.integer(seeds));
    const weights = normals(2, rows).map(Math.abs);
    const perBlock = Math.ceil(rows / blocks);
    const expected = new Float64Array(blocks * seeds);
    const counts = new Float32Array(blocks * seeds);
    labels.forEach((label, i) => {
      const at = Math.floor(i / perBlock) * seeds + label;
      expected[at] += weights[i];
      counts[at]++;
    });
    expect(relativeError(await sum(labels, seeds, blocks, weights), expected)).toBeLessThan(1e-6);
    expect(await sum(labels, seeds, blocks)).toEqual(counts);
  });

  it('keeps long sums within its bound', async () => {
    const rows = 100_000;
    const [total] = await sum(new Uint32Array(rows), 1, 1, new Float32Array(rows).fill(0.1));
    const exact = Math.fround(0.1) * rows;
    expect(Math.abs(total / exact - 1)).toBeLessThan((256 + rows / 256) * 2 ** -24);
  });

  it('has blocks of 256 rows or more, whose sums take no more than 32 MiB', () => {
    expect([seedWeightsBlocks(1, 5), seedWeightsBlocks(257, 5), seedWeightsBlocks(1e7, 5)]).toEqual([
      1, 2, 512,
    ]);
    expect(seedWeightsBlocks(1e7, 20_000) * 20_000 * 4).toBeLessThanOrEqual(32 * 2 ** 20);
    expect(seedWeightsBlocks(1e8, 1e8)).toBe(1);
  });

  it('packs rows, seeds, blocks, rows per block', () => {
    expect([...new Uint32Array(seedWeightsParams(9, 7, 2))]).toEqual([9, 7, 2, 5]);
  });
});
