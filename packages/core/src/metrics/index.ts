export { clusteringAccuracy } from './accuracy.ts';
export { adjustedMutualInformation } from './adjusted-mutual-information.ts';
export { adjustedRandIndex } from './adjusted-rand.ts';
export type { EntropyAverage, EntropyAverageOptions } from './average.ts';
export { calinskiHarabaszIndex } from './calinski-harabasz.ts';
export { clusteringReport, scoreClustering, type ClusteringReport } from './clustering-report.ts';
export {
  alignedConfusionMatrix,
  confusionMatrix,
  type ConfusionMatrix,
  type ConfusionMatrixOptions,
  type ConfusionOmission,
} from './confusion-matrix.ts';
export {
  contingencyFromCounts,
  contingencyTable,
  type Contingency,
  type ContingencyCell,
} from './contingency.ts';
export { daviesBouldinIndex } from './davies-bouldin.ts';
export { densityValidity, type ClusterValidity, type DensityValidity } from './density-validity.ts';
export type { DistanceMetric } from './distance-metrics.ts';
export { entropy } from './entropy.ts';
export { expectedMutualInformation } from './expected-mutual-information.ts';
export { fowlkesMallowsIndex } from './fowlkes-mallows.ts';
export { linearSumAssignment, type AssignmentCosts, type LinearSumAssignmentOptions } from './hungarian.ts';
export type { Label, Labels } from './labels.ts';
export { mutualInformation } from './mutual-information.ts';
export { normalizedMutualInformation } from './normalized-mutual-information.ts';
export { pairConfusionMatrix, type PairConfusion } from './pair-confusion.ts';
export { pairwiseDistances, type PairwiseDistancesOptions } from './pairwise-distances.ts';
export type { PartitionMeasure } from './partition-measure.ts';
export { purity } from './purity.ts';
export { randIndex } from './rand.ts';
export {
  silhouetteSamples,
  silhouetteScore,
  type SilhouetteOptions,
  type SilhouetteScoreOptions,
} from './silhouette.ts';
export { scoreSpread, type SpreadScores } from './score-spread.ts';
export { completeness, homogeneity, vMeasure, type VMeasureOptions } from './v-measure.ts';
export { scoreParts, type PartsScores } from './score-parts.ts';
