import { contingencyTable, type Contingency } from './contingency.ts';
import type { Labels } from './labels.ts';

/**
 * A measure that compares two labelings of the same points. It depends on the labels only through their contingency
 * table, so it can be computed from either:
 *
 * ```ts
 * adjustedRandIndex(classes, clusters);
 * adjustedRandIndex.fromContingency(table); // one table serves many measures
 * ```
 */
export interface PartitionMeasure<Rest extends unknown[] = [], Result = number> {
  /**
   * @param classes one label per point: the partition that is given
   * @param clusters one label per point: the partition that was found; points without a cluster (-1, `NO_CLUSTER`) are a group
   * of their own
   * @throws {ShapeError} when the two differ in length
   * @throws {DataError} when a label is neither a whole number nor a string
   */
  (classes: Labels, clusters: Labels, ...rest: Rest): Result;

  /** The same, from a table made by `contingencyTable` or `contingencyFromCounts`. */
  fromContingency(table: Contingency, ...rest: Rest): Result;
}

/** Makes a measure of a contingency table that also takes labels. */
export function partitionMeasure<Rest extends unknown[], Result>(
  measure: (table: Contingency, ...rest: Rest) => Result,
): PartitionMeasure<Rest, Result> {
  return Object.assign(
    (classes: Labels, clusters: Labels, ...rest: Rest) =>
      measure(contingencyTable(classes, clusters), ...rest),
    { fromContingency: measure },
  );
}
