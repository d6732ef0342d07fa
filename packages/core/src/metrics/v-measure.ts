import { InvalidArgumentError } from '../errors.ts';
import { countGroups, type Contingency } from './contingency.ts';
import { entropyOfSizes } from './entropy.ts';
import { mutualInformation } from './mutual-information.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/** Options of the V-measure. */
export interface VMeasureOptions {
  /** Weight of homogeneity; above 1, completeness counts more. A finite number >= 0, default 1. */
  readonly beta?: number | undefined;
}

/**
 * Homogeneity, from 0 to 1: I / H(classes). Exactly 1 when every cluster holds points of one class only.
 * Rosenberg & Hirschberg, "V-Measure", EMNLP-CoNLL 2007.
 */
export const homogeneity: PartitionMeasure = partitionMeasure((table) =>
  explainedShare(table, table.classSizes, table.clusterSizes),
);

/**
 * Completeness, from 0 to 1: I / H(clusters). Exactly 1 when the points of each class share one cluster.
 * Swapping classes and clusters turns it into homogeneity. Rosenberg & Hirschberg, EMNLP-CoNLL 2007.
 */
export const completeness: PartitionMeasure = partitionMeasure((table) =>
  explainedShare(table, table.clusterSizes, table.classSizes),
);

/**
 * V-measure, from 0 to 1: the weighted harmonic mean (1 + beta) h c / (beta h + c) of homogeneity h and
 * completeness c. With beta = 1 it equals the arithmetic normalized mutual information.
 * Rosenberg & Hirschberg, EMNLP-CoNLL 2007.
 *
 * @throws {InvalidArgumentError} when beta is negative or not finite
 */
export const vMeasure: PartitionMeasure<[options?: VMeasureOptions]> = partitionMeasure(
  (table, options: VMeasureOptions = {}) => {
    const { beta = 1 } = options;
    if (!Number.isFinite(beta) || beta < 0) {
      throw new InvalidArgumentError(
        `The V-measure's beta must be a finite number >= 0; got ${String(beta)}.`,
      );
    }
    const h = homogeneity.fromContingency(table);
    const c = completeness.fromContingency(table);
    // Both are 0 when the mutual information is 0, unless one has an entropy of 0 and so is 1.
    return c === 0 || h === 0 ? 0 : ((1 + beta) * h * c) / (beta * h + c);
  },
);

/** Share of the entropy of `target` that the other partition explains. */
function explainedShare(table: Contingency, target: Float64Array, given: Float64Array): number {
  const targetEntropy = entropyOfSizes(target, table.total);
  const isDetermined = table.cells.length === countGroups(given);
  if (targetEntropy === 0 || isDetermined) return 1;
  return Math.min(1, mutualInformation.fromContingency(table) / targetEntropy);
}
