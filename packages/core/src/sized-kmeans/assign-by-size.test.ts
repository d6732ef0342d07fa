import { describe, expect, it } from 'vitest';
import { atOnce } from '../chunks.ts';
import { Random } from '../random.ts';
import { assignBySize } from './assign-by-size.ts';
import { equalLimits } from './size-limits.ts';

/** What labels cost together; Infinity outside the limits. */
function costOf(
  costs: Float64Array,
  labels: Uint32Array,
  clusters: number,
  least: number,
  most: number,
): number {
  const sizes = new Array<number>(clusters).fill(0);
  let cost = 0;
  labels.forEach((label, i) => {
    sizes[label]++;
    cost += costs[i * clusters + label];
  });
  return sizes.every((size) => size >= least && size <= most) ? cost : Infinity;
}

describe('an assignment within sizes', () => {
  it('is the best of all of them', () => {
    const random = new Random(1);
    for (let trial = 0; trial < 200; trial++) {
      const rows = 2 + random.integer(6);
      const clusters = 1 + random.integer(Math.min(rows, 3));
      const least = random.integer(Math.floor(rows / clusters) + 1);
      const most = Math.ceil(rows / clusters) + random.integer(3);
      const costs = Float64Array.from({ length: rows * clusters }, () => random.integer(20));
      const prices = Float64Array.from({ length: clusters }, () => random.integer(5) - 2);
      const labels = atOnce(assignBySize(costs, equalLimits(least, most, clusters), prices));
      let best = Infinity;
      for (let code = 0; code < clusters ** rows; code++) {
        const other = Uint32Array.from(
          { length: rows },
          (_, i) => Math.floor(code / clusters ** i) % clusters,
        );
        best = Math.min(best, costOf(costs, other, clusters, least, most));
      }
      expect(costOf(costs, labels, clusters, least, most)).toBe(best);
    }
  });

  it('comes with prices that prove it', () => {
    const random = new Random(2);
    const [rows, clusters, least, most] = [3000, 7, 300, 500];
    const costs = Float64Array.from(
      { length: rows * clusters },
      (_, at) => random.uniform() + (at % clusters),
    );
    const prices = new Float64Array(clusters);
    const labels = atOnce(assignBySize(costs, equalLimits(least, most, clusters), prices));
    let bound = 0;
    for (let i = 0; i < rows; i++) {
      bound += Math.min(...prices.map((price, k) => costs[i * clusters + k] + price));
    }
    for (const price of prices) bound -= price * (price > 0 ? most : least);
    expect(costOf(costs, labels, clusters, least, most)).toBeCloseTo(bound, 8);
    const again = atOnce(assignBySize(costs, equalLimits(least, most, clusters), prices.slice()));
    expect(costOf(costs, again, clusters, least, most)).toBeCloseTo(bound, 8);
  });
});
