import { setDefaultEngine } from '@shoal/core/engine-kit';
import { openOn, type OpenedEngine, type Platform } from '../open-engine.ts';
import type { EngineChoice, OpenEngineOptions } from '../options.ts';

export { ENGINE_CHOICES, type EngineChoice, type OpenEngineOptions } from '../options.ts';
export type { OpenedEngine } from '../open-engine.ts';

const node: Platform = {
  async openGpu({ adapter, allowSoftware, tuning, residentBytes, onDeviceChange }) {
    const { createNodeWebGpuEngine } = await import('@shoal/webgpu-kernels/node');
    return createNodeWebGpuEngine({ adapter, allowSoftware, tuning, residentBytes, onDeviceChange });
  },
  async whyNoGpu(error) {
    const { DawnLoadError } = await import('@shoal/webgpu-kernels/node');
    if (!(error instanceof DawnLoadError)) return 'no hardware GPU was found';
    return `no GPU can be used: Dawn, which gives Node.js WebGPU, cannot be loaded here: ${error.reason}`;
  },
};

/**
 * Opens an engine in Node.js. `auto` takes a hardware GPU, else WebAssembly; `reason` says which and why. Destroy it after
 * use: `engine.destroy()`, or `using engine = await openEngine()`.
 *
 * @throws {UnsupportedError} when the engine that was named cannot run here
 * @throws {InvalidArgumentError} for a choice that does not exist, or an option of another engine
 */
export function openEngine(
  choice: EngineChoice = 'auto',
  options: OpenEngineOptions = {},
): Promise<OpenedEngine> {
  return openOn(node, choice, options);
}

setDefaultEngine(() => openEngine());
