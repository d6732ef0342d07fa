import { chunkRows, forEachChunk } from '@shoal/core/engine-kit';
import { rankTails, windowTail } from './chance.ts';
import type { Groups } from './groups.ts';
import {
  countBelow,
  countUpTo,
  medianOfOthers,
  quantileOf,
  quartilesOf,
  type Quartiles,
} from './quantiles.ts';
import type { Sample } from './sample.ts';

/** How the clusters differ in a column of numbers or dates. */
export interface NumberEffects {
  /** Rows without a finite value. */
  readonly missing: number;
  /** Rows without a finite value, by cluster. */
  readonly missingByCluster: Uint32Array;
  /** Of all rows; absent when every value is missing. */
  readonly overall?: Quartiles | undefined;
  /** By cluster; undefined where all values are missing. */
  readonly quartiles: readonly (Quartiles | undefined)[];
  /** Median of all other rows, by cluster; undefined where all values are missing. */
  readonly others: readonly (number | undefined)[];
  /** Standardized differences by cluster; 0 where there is nothing to compare. */
  readonly effects: Float64Array;
  /** How likely a random group has ranks so far from the middle, by cluster. */
  readonly chances: readonly (() => number)[];
  /**
   * How likely the values of a random group lie so close together, by cluster; 1 where they do not lie between those of the other
   * rows.
   */
  readonly middleChances: readonly (() => number)[];
}

/** Values further out than so many times the distance of the quartiles count as if they were there (Tukey's outer fences). */
const FENCE = 3;

/**
 * Standardized differences are exact means of values with outliers drawn in; quartiles and ranks are those of the
 * sample. Infinite values count as missing.
 */
export async function numberEffects(
  values: ArrayLike<number>,
  groups: Groups,
  sample: Sample,
  signal: AbortSignal | undefined,
): Promise<NumberEffects> {
  const { clusters } = groups;
  const { rows, starts } = sample;
  const pooled = sortedValues(values, rows);
  const all = sample.overall === rows ? pooled : sortedValues(values, sample.overall);
  const own = Array.from({ length: clusters }, (_, cluster) =>
    sortedValues(values, rows.subarray(starts[cluster], starts[cluster + 1])),
  );
  const fences = fencesOf(all);
  const sums = await sumGroups(values, groups, fences, signal);
  const missingByCluster = groups.sizes.map((size, group) => size - sums.counts[group]);
  const effects = standardizedDifferences(sums, clusters);
  return {
    missing: missingByCluster.reduce((sum, count) => sum + count, 0),
    missingByCluster,
    overall: all.length === 0 ? undefined : quartilesOf(all),
    quartiles: own.map((sorted) => (sorted.length === 0 ? undefined : quartilesOf(sorted))),
    others: own.map((sorted) => medianOfOthers(pooled, sorted)),
    effects,
    chances: own.map((sorted, cluster) => () => {
      // A row far beyond all others is no chance, though its rank is only the last one.
      if (isFarOut(sorted, fences)) return 0;
      const rank = meanRank(pooled, sorted);
      // Where the mean and the ranks differ in direction, there is no direction.
      const isOneWay = effects[cluster] * (rank - 0.5) > 0;
      return isOneWay ? rankTails(rank, sorted.length, pooled.length) : 1;
    }),
    middleChances: own.map((sorted) => () => middleChance(pooled, sorted)),
  };
}

function isFarOut(sorted: Float64Array, { low, high }: Fences): boolean {
  return sorted.length > 0 && (sorted[0] > high || sorted[sorted.length - 1] < low);
}

/** The part of a group's values at each end that may be anywhere. */
const ENDS = 0.1;
/** The middle of a group has at most this part of all rows. */
const MAX_WINDOW = 0.6;
/** At least this part of the other rows is below the middle of the group, and above it. */
const MIN_SIDE = 0.1;

function middleChance(pooled: Float64Array, own: Float64Array): number {
  if (own.length === 0) return 1;
  const from = quantileOf(own, ENDS);
  const to = quantileOf(own, 1 - ENDS);
  const [start, end] = [countBelow(pooled, from), countUpTo(pooled, to)];
  const others = pooled.length - own.length;
  const below = start - countBelow(own, from);
  const above = pooled.length - end - (own.length - countUpTo(own, to));
  const isBetween = Math.min(below, above) >= MIN_SIDE * others && end - start <= MAX_WINDOW * pooled.length;
  if (!isBetween) return 1;
  const found = countUpTo(own, to) - countBelow(own, from);
  return windowTail(found, own.length, end - start, pooled.length);
}

/** The finite values of some rows, ascending. */
function sortedValues(values: ArrayLike<number>, rows: Uint32Array): Float64Array {
  const found = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    if (Number.isFinite(values[row])) found[count++] = values[row];
  }
  return found.subarray(0, count).sort();
}

interface Fences {
  readonly low: number;
  readonly high: number;
  /** A value in the middle, from which sums are taken so that they keep their digits. */
  readonly middle: number;
}

/** Where most values are equal, the quartiles say nothing about the others, so wider quantiles take their place. */
function fencesOf(sorted: Float64Array): Fences {
  if (sorted.length === 0) return { low: -Infinity, high: Infinity, middle: 0 };
  const middle = quantileOf(sorted, 0.5);
  for (const tail of [0.25, 0.05, 0.01]) {
    const low = quantileOf(sorted, tail);
    const high = quantileOf(sorted, 1 - tail);
    const reach = FENCE * (high - low);
    if (reach > 0) return { low: low - reach, high: high + reach, middle };
  }
  return { low: -Infinity, high: Infinity, middle };
}

interface GroupSums {
  /** Finite values by group, K + 1. */
  readonly counts: Uint32Array;
  /** Sums of the distances from the middle, by group. */
  readonly sums: Float64Array;
  /** Sum of their squares over all groups. */
  readonly squares: number;
}

async function sumGroups(
  values: ArrayLike<number>,
  { labels, clusters }: Groups,
  { low, high, middle }: Fences,
  signal: AbortSignal | undefined,
): Promise<GroupSums> {
  const counts = new Uint32Array(clusters + 1);
  const sums = new Float64Array(clusters + 1);
  let squares = 0;
  await forEachChunk(labels.length, chunkRows(1), signal, (start, end) => {
    for (let row = start; row < end; row++) {
      const value = values[row];
      if (!Number.isFinite(value)) continue;
      const distance = Math.min(high, Math.max(low, value)) - middle;
      counts[labels[row]]++;
      sums[labels[row]] += distance;
      squares += distance * distance;
    }
  });
  return { counts, sums, squares };
}

function standardizedDifferences({ counts, sums, squares }: GroupSums, clusters: number): Float64Array {
  const effects = new Float64Array(clusters);
  const count = counts.reduce((sum, value) => sum + value, 0);
  const sum = sums.reduce((total, value) => total + value, 0);
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  if (!(deviation > 0)) return effects;
  for (let cluster = 0; cluster < clusters; cluster++) {
    const inside = counts[cluster];
    const outside = count - inside;
    if (inside === 0 || outside === 0) continue;
    effects[cluster] = (sums[cluster] / inside - (sum - sums[cluster]) / outside) / deviation;
  }
  return effects;
}

/**
 * The mean of the cluster's ranks among all values, from 0 to 1: the statistic of the Wilcoxon-Mann-Whitney test. Equal
 * values have the middle of their ranks.
 *
 * @param pooled the values of all rows, ascending
 * @param own those of the cluster
 */
function meanRank(pooled: Float64Array, own: Float64Array): number {
  let sum = 0;
  let below = 0;
  for (const value of own) {
    below = countBelow(pooled, value, below);
    sum += (below + countUpTo(pooled, value, below)) / 2;
  }
  return sum / own.length / pooled.length;
}
