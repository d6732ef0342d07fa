export { trustworthiness, type TrustworthinessOptions } from './metrics/trustworthiness.ts';
export { Umap } from './umap/umap.ts';
export { UmapModel, type UmapFields } from './umap/model.ts';
export { UMAP_INITS, UMAP_METRICS } from './umap/metric.ts';
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
  type UmapClusteringOptions,
} from './clustering/umap-clustering.ts';
export { UmapClusteringModel, type UmapClusteringFields } from './clustering/umap-clustering-model.ts';
export {
  defaultClusteringUmap,
  defaultEmbeddingKMeans,
  defaultEmbeddingMixture,
} from './clustering/presets.ts';
