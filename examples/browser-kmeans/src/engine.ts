import { UnsupportedError, type Engine } from '@shoal/core';

/** An engine and a sentence that says which it is, and why it is not a GPU if it is not. */
export interface ChosenEngine {
  readonly engine: Engine;
  readonly text: string;
}

/** The GPU where WebGPU offers one, else WebAssembly. */
export async function chooseEngine(allowSoftware: boolean): Promise<ChosenEngine> {
  try {
    const { createWebGpuEngine } = await import('@shoal/webgpu-kernels');
    const engine = await createWebGpuEngine({ allowSoftware });
    return { engine, text: `WebGPU on ${engine.info.device}.` };
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    const { createWasmEngine } = await import('@shoal/wasm-kernels');
    const engine = await createWasmEngine();
    return { engine, text: `No GPU that this browser offers to WebGPU, so: ${engine.info.device}.` };
  }
}
