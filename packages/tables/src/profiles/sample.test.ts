import { NO_CLUSTER, Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { groupRows } from './groups.ts';
import { drawRows, sampleOf } from './sample.ts';

describe('sampleOf', () => {
  it('has all rows of a small table, by cluster', () => {
    const sample = sampleOf(groupRows([1, 0, NO_CLUSTER, 1, 0], 3, 5), 0);
    expect([...sample.rows]).toEqual([1, 4, 0, 3, 2]);
    expect([...sample.starts]).toEqual([0, 2, 4, 4, 5]);
    expect(sample.overall).toBe(sample.rows);
  });

  it('has the same part of each cluster of a large one, but 50 rows of small ones', () => {
    const rows = 400_000;
    const labels = Uint32Array.from({ length: rows }, (_, i) => (i < 60 ? 2 : i % 4 === 0 ? 1 : 0));
    const groups = groupRows(labels, 3, rows);
    const { rows: drawn, starts, overall } = sampleOf(groups, 1);
    const counts = [0, 1, 2].map((cluster) => starts[cluster + 1] - starts[cluster]);
    expect(counts).toEqual([Math.ceil(groups.sizes[0] / 4), Math.ceil(groups.sizes[1] / 4), 50]);
    for (const cluster of [0, 1, 2]) {
      const own = drawn.subarray(starts[cluster], starts[cluster + 1]);
      expect(own.every((row, i) => labels[row] === cluster && (i === 0 || own[i - 1] < row))).toBe(true);
    }
    expect(overall).toHaveLength(100_000);
    expect(sampleOf(groups, 1).rows).toEqual(drawn);
    expect(sampleOf(groups, 2).rows).not.toEqual(drawn);
  });
});

describe('drawRows', () => {
  it('draws each row as often as any other', () => {
    const random = new Random(3);
    const counts = new Uint32Array(10);
    for (let i = 0; i < 4000; i++) for (const row of drawRows(10, 3, random)) counts[row]++;
    // 1200 expected, with a standard deviation of 29.
    for (const count of counts) expect(Math.abs(count - 1200)).toBeLessThan(120);
  });
});
