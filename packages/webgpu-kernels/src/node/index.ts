export { listAdapters, type AdapterSummary } from './adapters.ts';
export { createNodeWebGpuEngine, type NodeWebGpuEngineOptions } from './engine.ts';
