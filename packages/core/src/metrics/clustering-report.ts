import { clusteringAccuracy } from './accuracy.ts';
import { adjustedMutualInformation } from './adjusted-mutual-information.ts';
import { adjustedRandIndex } from './adjusted-rand.ts';
import type { EntropyAverage } from './average.ts';
import { alignedConfusionMatrix, type ConfusionMatrix } from './confusion-matrix.ts';
import { fowlkesMallowsIndex } from './fowlkes-mallows.ts';
import { normalizedMutualInformation } from './normalized-mutual-information.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';
import { purity } from './purity.ts';
import { completeness, homogeneity, vMeasure } from './v-measure.ts';

/** What a clustering scores against known classes. */
export interface ClusteringReport {
  /** Under the best one-to-one matching of classes with clusters. */
  readonly accuracy: number;
  readonly purity: number;
  /** Adjusted Rand index. */
  readonly ari: number;
  /** Adjusted mutual information, arithmetic average. */
  readonly ami: number;
  /** Normalised mutual information under each average. */
  readonly nmi: Readonly<Record<EntropyAverage, number>>;
  readonly homogeneity: number;
  readonly completeness: number;
  readonly vMeasure: number;
  readonly fowlkesMallows: number;
  /** Rows are classes, column i is the cluster matched to class i. */
  readonly confusion: ConfusionMatrix;
}

/**
 * Every measure of a clustering against known classes, from one contingency table.
 *
 * @throws {InvalidArgumentError} when classes times clusters exceed 2^24
 */
export const clusteringReport: PartitionMeasure<[], ClusteringReport> = partitionMeasure((table) => {
  const nmi = (average: EntropyAverage): number =>
    normalizedMutualInformation.fromContingency(table, { average });
  return {
    accuracy: clusteringAccuracy.fromContingency(table),
    purity: purity.fromContingency(table),
    ari: adjustedRandIndex.fromContingency(table),
    ami: adjustedMutualInformation.fromContingency(table),
    nmi: {
      arithmetic: nmi('arithmetic'),
      geometric: nmi('geometric'),
      min: nmi('min'),
      max: nmi('max'),
    },
    homogeneity: homogeneity.fromContingency(table),
    completeness: completeness.fromContingency(table),
    vMeasure: vMeasure.fromContingency(table),
    fowlkesMallows: fowlkesMallowsIndex.fromContingency(table),
    confusion: alignedConfusionMatrix.fromContingency(table),
  };
});
