export { createWebGpuEngine, WebGpuEngine, type WebGpuEngineOptions } from './engine/webgpu-engine.ts';
export type { WebGpuKMeansSession } from './sessions/kmeans-session.ts';
export { KMEANS_VARIANTS, type KMeansVariant } from './sessions/kmeans/resources.ts';
