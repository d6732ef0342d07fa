import { createNodeWebGpuEngine } from '@shoal/webgpu-kernels/node';
import { createTensorBackend } from '../src/node/index.ts';
import type { TensorBackend } from '../src/index.ts';

/** A tensor backend for a test, on a real device, and the engine that shares the device, if there is one. */
export interface TestBackend {
  readonly backend: TensorBackend;
  destroy(): void;
}

export async function openWasm(): Promise<TestBackend> {
  // Test files run in parallel, so that more threads would wait for one another.
  const backend = await createTensorBackend({ kind: 'wasm', threads: 1 });
  return {
    backend,
    destroy() {
      backend.destroy();
    },
  };
}

/** Uses any adapter; without one, the test fails. */
export async function openWebGpu() {
  const engine = await createNodeWebGpuEngine({
    adapter: process.env['SHOAL_TEST_ADAPTER'],
    allowSoftware: true,
  });
  const { device, adapterInfo } = engine;
  const backend = await createTensorBackend({ kind: 'webgpu', device, adapterInfo });
  return {
    backend,
    engine,
    destroy() {
      backend.destroy();
      engine.destroy();
    },
  };
}
