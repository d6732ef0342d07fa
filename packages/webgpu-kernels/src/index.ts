export { createWebGpuEngine, WebGpuEngine, type WebGpuEngineOptions } from './engine/webgpu-engine.ts';
