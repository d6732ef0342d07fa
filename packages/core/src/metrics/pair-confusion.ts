import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/**
 * Counts of ordered pairs of different points, `[[apart, clusterOnly], [classOnly, together]]`:
 * apart in both partitions, together in the clusters only, in the classes only, and in both.
 * The four add up to n (n - 1).
 */
export type PairConfusion = readonly [readonly [number, number], readonly [number, number]];

/**
 * Pair confusion matrix of two partitions, from the contingency table alone. Exact up to n (n - 1) <= 2^53 (94,906,266
 * points); above that, entries have float64's rounding error relative to n^2. Hubert & Arabie, "Comparing partitions",
 * Journal of Classification 2 (1985).
 */
export const pairConfusionMatrix: PartitionMeasure<[], PairConfusion> = partitionMeasure((table) => {
  const { cells, classSizes, clusterSizes, total } = table;
  let together = 0;
  for (const { count } of cells) together += pairs(count);
  const classOnly = sumOfPairs(classSizes) - together;
  const clusterOnly = sumOfPairs(clusterSizes) - together;
  const apart = pairs(total) - together - classOnly - clusterOnly;
  return [
    [apart, clusterOnly],
    [classOnly, together],
  ];
});

/** Ordered pairs of different points among `count`. */
function pairs(count: number): number {
  return count * (count - 1);
}

function sumOfPairs(sizes: Float64Array): number {
  let sum = 0;
  for (const size of sizes) sum += pairs(size);
  return sum;
}
