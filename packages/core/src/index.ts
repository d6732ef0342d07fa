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
  Membership,
  TreeJson,
  NeighborGraph,
  Objective,
  OwnChoice,
} from './clusterer/clusterer.ts';
export { CLUSTERER_KINDS, type ClustererChoice } from './clusterer/kinds.ts';
export { kmeansKind, type KMeansSettings } from './kmeans/kind.ts';
export { mixtureKind, type GaussianMixtureSettings } from './gmm/kind.ts';
export {
  assertFinite,
  assertFloat32,
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
export { gatherPartedRows } from './parts/gather-parted-rows.ts';
export { spreadParts } from './parts/spread-parts.ts';
export {
  mapParts,
  partedPoints,
  type PartedPoints,
  type PartMemory,
  type PointPart,
} from './parts/parted-points.ts';
export { defaultEngine } from './default-engine.ts';
export { matrixOf, pointsOf, type FlatPoints, type MatrixLike, type PointsLike } from './points-like.ts';
export type { NumberArray } from './number-array.ts';
export { hash32, Random } from './random.ts';
export type { CovarianceType, GaussianMixtureParameters } from './engine/mixture/session.ts';
export type { Engine, EngineInfo } from './engine/engine.ts';
export type { KMeansPrecision } from './engine/kmeans/session.ts';
export type { SparseGraph } from './engine/layout/session.ts';
export type { Neighbors } from './engine/neighbors/session.ts';
export type { LeastEdges } from './engine/spanning/session.ts';
export type { OldRowScalingKind, RowScaling, RowScalingKind } from './scaling/types.ts';
export type { JsonValue, ModelState, Tensor, TensorData } from './model-state.ts';
export type { Progress, ProgressListener } from './progress.ts';
export { createReferenceEngine } from './engine/reference/index.ts';
export * from './metrics/index.ts';
export type {
  FitCheckpoint,
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
export { SizedKMeans } from './sized-kmeans/estimator.ts';
export { sizedKMeansKind, type SizedKMeansSettings } from './sized-kmeans/kind.ts';
export { SizedKMeansModel, type SizedKMeansFields } from './sized-kmeans/model.ts';
export type { SizeAssignment, SizedKMeansOptions } from './sized-kmeans/options.ts';
export { applyScaling } from './scaling/apply-scaling.ts';
export { fitScaling } from './scaling/fit-scaling.ts';
export type { Frame } from './origin/frame.ts';
export { GaussianMixture } from './gmm/gaussian-mixture.ts';
export { GaussianMixtureModel, type GaussianMixtureFields } from './gmm/model.ts';
export type { MixtureSample } from './gmm/sampling.ts';
export type { GaussianMixtureInit, GaussianMixtureOptions } from './gmm/types.ts';
export { BisectingKMeans } from './bisecting-kmeans/estimator.ts';
export { bisectingKMeansKind, type BisectingKMeansSettings } from './bisecting-kmeans/kind.ts';
export { BisectingKMeansModel, type BisectingKMeansFields } from './bisecting-kmeans/model.ts';
export type { BisectingKMeansOptions, BisectingStrategy } from './bisecting-kmeans/options.ts';
export { SplitTree } from './bisecting-kmeans/split-tree.ts';
export { MiniBatchKMeans, type MiniBatchFitOptions } from './minibatch-kmeans/estimator.ts';
export { miniBatchKMeansKind, type MiniBatchKMeansSettings } from './minibatch-kmeans/kind.ts';
export { MiniBatchKMeansModel, type MiniBatchKMeansFields } from './minibatch-kmeans/model.ts';
export type { MiniBatchKMeansOptions, PartialFitOptions } from './minibatch-kmeans/options.ts';
export { DENSITY_METRICS, type DensityMetric } from './density/metric.ts';
export {
  radiusComponents,
  type RadiusComponents,
  type RadiusComponentsOptions,
} from './density/radius-components.ts';
export { spanningTree, type SpanningTree, type SpanningTreeOptions } from './density/spanning-tree.ts';
export { AgglomerativeClustering } from './agglomerative/agglomerative-clustering.ts';
export { agglomerativeKind, type AgglomerativeKindSettings } from './agglomerative/kind.ts';
export { AgglomerativeModel, type AgglomerativeFields } from './agglomerative/model.ts';
export { LINKAGES, type AgglomerativeOptions, type Linkage } from './agglomerative/options.ts';
export type { LinkageSettings } from './agglomerative/settings.ts';
export { Dbscan } from './density/dbscan.ts';
export { dbscanKind, type DbscanKindSettings } from './density/dbscan-kind.ts';
export { DbscanModel, type DbscanFields, type DbscanSettings } from './density/dbscan-model.ts';
export type { DbscanOptions } from './density/dbscan-options.ts';
export type { NeighborSearchKind } from './neighbors/search-kind.ts';
export { Hdbscan, type TreeFitOptions } from './density/hdbscan.ts';
export { hdbscanKind, type HdbscanKindSettings } from './density/hdbscan-kind.ts';
export { HdbscanModel, type HdbscanFields } from './density/hdbscan-model.ts';
export type { HdbscanOptions } from './density/hdbscan-options.ts';
export type { HdbscanSettings } from './density/hdbscan-settings.ts';
export {
  sweepClusterSizes,
  type ClusterSizeRow,
  type ClusterSizeSweep,
  type ClusterSizeSweepOptions,
} from './density/sweep-cluster-sizes.ts';
export { NO_PARENT, type CondensedTree } from './tree/condense.ts';
export type { CondensedClusterJson } from './tree/condensed-tree-json.ts';
export { Dendrogram, type DendrogramJson, type TreeCut } from './tree/dendrogram.ts';
export {
  cutAtLevel,
  cutCondensed,
  cutHierarchy,
  type CutPlace,
  type CuttableTree,
} from './tree/cut-hierarchy.ts';
export { hierarchyNewick } from './tree/hierarchy-newick.ts';
export { hierarchyOf, pointsOfHierarchy, type Hierarchy } from './tree/hierarchy.ts';
export type { SplitNodeJson } from './bisecting-kmeans/split-tree-json.ts';
export type { Merges } from './tree/merges.ts';
export type { NewickOptions } from './tree/newick.ts';
export { CLUSTER_SELECTIONS, type ClusterSelection, type SelectionSettings } from './tree/select-clusters.ts';
export { BayesianMixture } from './bayesian-gmm/estimator.ts';
export { bayesianMixtureKind, type BayesianMixtureSettings } from './bayesian-gmm/kind.ts';
export { BayesianMixtureModel, type BayesianMixtureFields } from './bayesian-gmm/model.ts';
export type { BayesianMixtureOptions, WeightPrior } from './bayesian-gmm/options.ts';
export type { PosteriorState } from './bayesian-gmm/posterior-state.ts';
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
