import { Random } from '@shoal/core';
import type { Groups } from './groups.ts';

/** Quantiles and ranks of more rows than this are those of a sample. */
const MAX_SAMPLE = 100_000;
/** Every cluster has at least this many rows in the sample, if it has as many. */
const MIN_PER_CLUSTER = 50;

/** Rows that stand for all of them. */
export interface Sample {
  /** Rows by cluster, then those in none; ascending within each. */
  readonly rows: Uint32Array;
  /** K + 2 values: the rows of cluster c are `starts[c] <= i < starts[c + 1]`. */
  readonly starts: Uint32Array;
  /** Rows of the table, each as likely as any other: the same array when it has all. */
  readonly overall: Uint32Array;
}

/** All rows, or a seeded sample of them. */
export function sampleOf(groups: Groups, seed: number): Sample {
  const { labels, sizes } = groups;
  const random = new Random(seed);
  const part = Math.min(1, MAX_SAMPLE / labels.length);
  const wanted = sizes.map((size) => Math.min(size, Math.max(Math.ceil(size * part), MIN_PER_CLUSTER)));
  const starts = new Uint32Array(sizes.length + 1);
  wanted.forEach((count, group) => {
    starts[group + 1] = starts[group] + count;
  });
  const rows = new Uint32Array(starts[sizes.length]);
  const next = starts.slice(0, -1);
  const left = sizes.slice();
  // Selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S), for all clusters in one pass.
  for (let row = 0; row < labels.length; row++) {
    const group = labels[row];
    const needed = starts[group + 1] - next[group];
    if (needed === left[group] || random.uniform() * left[group] < needed) rows[next[group]++] = row;
    left[group]--;
  }
  return { rows, starts, overall: part === 1 ? rows : drawRows(labels.length, MAX_SAMPLE, random) };
}

/** At most `count` of `rows` rows, each as likely as any other, ascending; by the same algorithm. */
export function drawRows(rows: number, count: number, random: Random): Uint32Array {
  const drawn = new Uint32Array(Math.min(rows, count));
  let next = 0;
  for (let row = 0; next < drawn.length; row++) {
    const needed = drawn.length - next;
    const left = rows - row;
    if (needed === left || random.uniform() * left < needed) drawn[next++] = row;
  }
  return drawn;
}
