import { UnsupportedError, type Engine } from '@shoal/core';
import type { LiveFitSettings } from './settings.ts';

/** An engine, and a sentence that says which it is and why. */
export interface OpenedEngine {
  readonly engine: Engine;
  readonly text: string;
}

/**
 * Loads and opens an engine; until then none of its code is there.
 *
 * @throws {UnsupportedError} when the engine that was named cannot be had
 */
export async function openEngine(choice: LiveFitSettings['engine'] = 'auto'): Promise<OpenedEngine> {
  if (choice === 'wasm') return openWasm('WebAssembly, as asked');
  try {
    const { createWebGpuEngine } = await import('@shoal/webgpu-kernels');
    const engine = await createWebGpuEngine({ allowSoftware: choice === 'webgpu' });
    return { engine, text: `WebGPU: ${engine.info.device}` };
  } catch (error) {
    if (choice === 'webgpu' || !(error instanceof UnsupportedError)) throw error;
    return openWasm('WebAssembly, as no GPU is offered here');
  }
}

async function openWasm(reason: string): Promise<OpenedEngine> {
  const { createWasmEngine } = await import('@shoal/wasm-kernels');
  const engine = await createWasmEngine();
  return { engine, text: `${reason}: ${engine.info.device}` };
}
