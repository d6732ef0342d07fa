import { InvalidArgumentError } from '@shoal/core';
import { setDefaultEngine } from '@shoal/core/engine-kit';
import { openOn, type OpenedEngine, type Platform } from './open-engine.ts';
import type { EngineChoice, OpenEngineOptions } from './options.ts';

export { ENGINE_CHOICES, type EngineChoice, type OpenEngineOptions } from './options.ts';
export type { OpenedEngine } from './open-engine.ts';

const browser: Platform = {
  async openGpu({ adapter, allowSoftware, residentBytes, onDeviceChange }) {
    if (adapter !== undefined) {
      throw new InvalidArgumentError('A page cannot choose a GPU by name; leave adapter out.');
    }
    const { createWebGpuEngine } = await import('@shoal/webgpu-kernels');
    return createWebGpuEngine({ allowSoftware, residentBytes, onDeviceChange });
  },
  whyNoGpu: async () => 'this browser offers no hardware GPU',
};

/**
 * Opens an engine in a page or a Worker. `auto` takes a hardware GPU, else WebAssembly; `reason` says which and why. Destroy
 * it after use: `engine.destroy()`, or `using engine = await openEngine()`.
 *
 * @throws {UnsupportedError} when the engine that was named cannot run here
 * @throws {InvalidArgumentError} for a choice that does not exist, or an option of another engine
 */
export function openEngine(
  choice: EngineChoice = 'auto',
  options: OpenEngineOptions = {},
): Promise<OpenedEngine> {
  return openOn(browser, choice, options);
}

setDefaultEngine(() => openEngine());
