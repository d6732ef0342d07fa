export { Umap } from './umap/umap.ts';
export { UmapModel, type UmapFields } from './umap/model.ts';
export { UMAP_INITS, UMAP_METRICS } from './umap/metric.ts';
export type {
  UmapFitOptions,
  UmapInit,
  UmapLayoutState,
  UmapMetric,
  UmapOptions,
  UmapSettings,
  UmapTimings,
  UmapTransformOptions,
} from './umap/types.ts';
