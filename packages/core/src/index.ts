export * from './errors.ts';
export { countWithoutCluster, NO_CLUSTER, WRITTEN_NO_CLUSTER, writtenLabels } from './no-cluster.ts';
export type {
  ChoiceOf,
  ChoiceWithout,
  Clusterer,
  ClustererKind,
  ClusterCenters,
  ClustererPlace,
  ClusterFitOptions,
  ClusterFitState,
  ClusterInput,
  ClusterModel,
  NeighborGraph,
  Objective,
  OwnChoice,
} from './clusterer/clusterer.ts';
export { CLUSTERER_KINDS, type ClustererChoice } from './clusterer/kinds.ts';
export { kmeansKind, type KMeansSettings } from './kmeans/kind.ts';
export { mixtureKind, type GaussianMixtureSettings } from './gmm/kind.ts';
export {
  assertFinite,
  gatherRows,
  matrix,
  matrixFromRows,
  sliceRows,
  toFloat32,
  type DeviceLabels,
  type DeviceMatrix,
  type Matrix,
  type MatrixData,
  type Points,
} from './matrix.ts';
export { forEachPart } from './parts/part-reader.ts';
export { partedPoints, type PartedPoints, type PointPart } from './parts/parted-points.ts';
export { defaultEngine } from './default-engine.ts';
export { matrixOf, pointsOf, type FlatPoints, type MatrixLike, type PointsLike } from './points-like.ts';
export type { NumberArray } from './number-array.ts';
export { hash32, Random } from './random.ts';
export type { CovarianceType, GaussianMixtureParameters } from './engine/mixture/session.ts';
export type { Engine, EngineInfo } from './engine/engine.ts';
export type { KMeansPrecision } from './engine/kmeans/session.ts';
export type { SparseGraph } from './engine/layout/session.ts';
export type { Neighbors } from './engine/neighbors/session.ts';
export type { OldRowScalingKind, RowScaling, RowScalingKind } from './scaling/types.ts';
export type { JsonValue, ModelState, Tensor, TensorData } from './model-state.ts';
export type { Progress, ProgressListener } from './progress.ts';
export { createReferenceEngine } from './engine/reference/index.ts';
export * from './metrics/index.ts';
export type {
  FitOptions,
  GaussianMixtureFitOptions,
  GaussianMixtureFitState,
  InferenceOptions,
  IterationListener,
  KMeansFitOptions,
  KMeansFitState,
  ScoreOptions,
} from './fit-options.ts';
export { kmeans } from './kmeans/cluster-points.ts';
export { KMeans } from './kmeans/kmeans.ts';
export { kmeansPlusPlus, type KMeansPlusPlusOptions, type KMeansSeeds } from './kmeans/kmeans-plus-plus.ts';
export { KMeansModel, type KMeansFields } from './kmeans/model.ts';
export type {
  GapKMeansOptions,
  KMeansInit,
  KMeansInitFunction,
  KMeansMetric,
  KMeansOptions,
} from './kmeans/types.ts';
export { applyScaling } from './scaling/apply-scaling.ts';
export { fitScaling } from './scaling/fit-scaling.ts';
export type { Frame } from './origin/frame.ts';
export { GaussianMixture } from './gmm/gaussian-mixture.ts';
export { GaussianMixtureModel, type GaussianMixtureFields } from './gmm/model.ts';
export type { MixtureSample } from './gmm/sampling.ts';
export type { GaussianMixtureInit, GaussianMixtureOptions } from './gmm/types.ts';
export { Pca } from './pca/pca.ts';
export { PcaModel, type PcaFields } from './pca/model.ts';
export type { PcaOptions } from './pca/types.ts';
export {
  consensus,
  CONSENSUS_METHODS,
  type Consensus,
  type ConsensusMethod,
  type ConsensusOptions,
} from './select/consensus.ts';
export { gapStatistic, pickByGap, type Gap, type GapOptions } from './select/gap-statistic.ts';
export { chooseClusters, type ClusterCount } from './select/choose-clusters.ts';
export {
  rankRuns,
  SELECTION_CRITERIA,
  type CandidateRun,
  type RankedRun,
  type RankOptions,
  type SelectionCriterion,
} from './select/rank-runs.ts';
export { stability, type Stability } from './select/stability.ts';
export {
  sweep,
  SWEEP_CRITERIA,
  type Sweep,
  type SweepCriterion,
  type SweepMethod,
  type SweepOptions,
  type SweepRow,
} from './select/sweep.ts';
export { orientedGradients, type OrientedGradientOptions } from './images/oriented-gradients.ts';
