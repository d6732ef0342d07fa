export { trustworthiness, type TrustworthinessOptions } from './metrics/trustworthiness.ts';
export { Umap } from './umap/umap.ts';
export { UmapModel, type UmapFields } from './umap/model.ts';
export { UMAP_INITS, UMAP_METRICS } from './umap/metric.ts';
export type { WeightedGraph } from './graph/fuzzy-graph.ts';
export type {
  UmapFitOptions,
  UmapInit,
  UmapLayoutState,
  UmapMetric,
  UmapNeighborSearch,
  UmapOptions,
  UmapSettings,
  UmapTimings,
  UmapTransformOptions,
} from './umap/types.ts';
export {
  UmapClustering,
  type EmbeddingClustering,
  type UmapClusteringFitOptions,
  type UmapClusteringOptions,
} from './clustering/umap-clustering.ts';
export { EMBEDDING_KINDS, type EmbeddingChoice } from './clustering/kinds.ts';
export { requireCompactIn } from './clustering/require-compact-in.ts';
export { UmapClusteringModel, type UmapClusteringFields } from './clustering/umap-clustering-model.ts';
export { BalancedCut } from './cut/balanced-cut.ts';
export { cutKind, type BalancedCutSettings } from './cut/kind.ts';
export { BalancedCutModel, type BalancedCutFields } from './cut/balanced-cut-model.ts';
export type { BalanceTrial } from './cut/choose-balance.ts';
export {
  defaultBalancedCut,
  type Balance,
  type BalancedCutOptions,
  type CutFitOptions,
  type CutInput,
} from './cut/options.ts';
export type { CutMeasures, CutWeights } from './cut/partition.ts';
export {
  defaultClusteringUmap,
  defaultEmbeddingKMeans,
  defaultEmbeddingMixture,
} from './clustering/presets.ts';
