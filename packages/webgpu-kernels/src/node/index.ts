export { listAdapters, type AdapterSummary } from './adapters.ts';
export { DawnLoadError } from './dawn.ts';
export { createNodeWebGpuEngine, type NodeWebGpuEngineOptions } from './engine.ts';
