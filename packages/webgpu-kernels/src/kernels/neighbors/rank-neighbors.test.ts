import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import {
  rankNeighborsGrid,
  rankNeighborsKernel,
  rankNeighborsParams,
  rankNeighborsWork,
} from './rank-neighbors.ts';

describe('rank-neighbors', () => {
  const device = useTestDevice();

  it.each([
    [1, 1, 1],
    [3, 5, 1],
    [65, 7, 4],
    [2, 130, 3],
  ])('%i queries, %i neighbors, %i parts', async (count, neighbors, parts) => {
    const random = new Random(count);
    const shape = { count, own: 0, columns: 1, neighbors, parts };
    const entries = parts * neighbors;
    const lists = new Uint32Array(2 * count * entries);
    const expected: { square: number; row: number }[] = [];
    for (let query = 0; query < count; query++) {
      // Few different squares, so that rows decide; the last list is not full.
      const found = Array.from({ length: entries }, (_, i) =>
        i > entries - Math.min(3, neighbors) && parts > 1
          ? { square: 0xffffffff, row: 0xffffffff }
          : { square: random.integer(4), row: (i * 7919) % 10_007 },
      );
      found.forEach(({ square, row }, i) => {
        lists.set([square, row], 2 * (query * entries + i));
      });
      expected.push(...found.sort((a, b) => a.square - b.square || a.row - b.row).slice(0, neighbors));
    }
    const { rows, squares } = await runKernel(device.context, rankNeighborsKernel, {
      grid: rankNeighborsGrid(shape),
      buffers: {
        lists,
        rows: new Uint32Array(count * neighbors),
        squares: new Uint32Array(count * neighbors),
        params: new Uint8Array(rankNeighborsParams(shape)),
      },
    });
    expect([...new Uint32Array(rows)]).toEqual(expected.map(({ row }) => row));
    expect([...new Uint32Array(squares)]).toEqual(expected.map(({ square }) => square));
  });

  it('packs queries, entries, neighbors and counts its work', () => {
    const shape = { count: 7, own: 6, columns: 5, neighbors: 4, parts: 3 };
    expect([...new Uint32Array(rankNeighborsParams(shape))]).toEqual([7, 12, 4, 0]);
    expect(rankNeighborsWork(shape)).toEqual({ flops: 0, bytes: 8 * 7 * (12 + 4) });
  });
});
