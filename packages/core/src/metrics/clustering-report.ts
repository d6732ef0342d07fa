import { accuracyOf } from './accuracy.ts';
import { adjustInformation } from './adjusted-mutual-information.ts';
import { adjustedRandIndex } from './adjusted-rand.ts';
import type { EntropyAverage } from './average.ts';
import { alignConfusion, type ConfusionMatrix } from './confusion-matrix.ts';
import { contingencyInChunks, type Contingency } from './contingency.ts';
import { expectedMutualInformation, expectInformation } from './expected-mutual-information.ts';
import { fowlkesMallowsIndex } from './fowlkes-mallows.ts';
import type { Labels } from './labels.ts';
import { matchGreedily, matchWithinBounds, tryMatchClusters } from './matching.ts';
import { normalizedMutualInformation } from './normalized-mutual-information.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';
import { purity } from './purity.ts';
import { completeness, homogeneity, vMeasure } from './v-measure.ts';

/** The scores of a clustering against known classes. */
export interface ClusteringReport {
  /**
   * Under the best one-to-one matching of classes with clusters; null where thousands of them overlap so much that the
   * matching would take more than 2^28 visits of cells.
   */
  readonly accuracy: number | null;
  readonly purity: number;
  /** Adjusted Rand index. */
  readonly ari: number;
  /** Adjusted mutual information, arithmetic average. */
  readonly ami: number;
  /** Normalized mutual information under each average. */
  readonly nmi: Readonly<Record<EntropyAverage, number>>;
  readonly homogeneity: number;
  readonly completeness: number;
  readonly vMeasure: number;
  readonly fowlkesMallows: number;
  /**
   * Rows are classes, column i is the cluster matched to class i (by the largest cell first, where accuracy is null).
   * With more than 100 classes or clusters it has the largest, and says what it leaves out.
   */
  readonly confusion: ConfusionMatrix;
}

/** Greatest number of rows and columns of a report's confusion matrix. */
const MOST_IN_MATRIX = 100;

/**
 * Every measure of a clustering against known classes, from one contingency table. With more than 100 classes or
 * clusters, the confusion matrix has the largest and says what it leaves out.
 */
export const clusteringReport: PartitionMeasure<[], ClusteringReport> = partitionMeasure((table) =>
  reportOf(table, matchWithinBounds(table), () => expectedMutualInformation.fromContingency(table)),
);

/**
 * The same, but it does not block the event loop, and can be stopped.
 *
 * @param classes one label per point
 * @param clusters one label per point
 * @throws {ShapeError} when the two differ in length
 * @throws {DataError} when a label is neither a whole number nor a string
 * @throws the signal's reason when it is aborted
 */
export async function scoreClustering(
  classes: Labels,
  clusters: Labels,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<ClusteringReport> {
  signal?.throwIfAborted();
  const table = await contingencyInChunks(classes, clusters, signal);
  const matching = await tryMatchClusters(table, { signal });
  const expected = await expectInformation(table, signal);
  return reportOf(table, matching, () => expected);
}

function reportOf(
  table: Contingency,
  matching: Int32Array | undefined,
  expectation: () => number,
): ClusteringReport {
  const nmi = (average: EntropyAverage): number =>
    normalizedMutualInformation.fromContingency(table, { average });
  return {
    accuracy: matching === undefined ? null : accuracyOf(table, matching),
    purity: purity.fromContingency(table),
    ari: adjustedRandIndex.fromContingency(table),
    ami: adjustInformation(table, expectation),
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
    confusion: alignConfusion(table, matching ?? matchGreedily(table), MOST_IN_MATRIX),
  };
}
