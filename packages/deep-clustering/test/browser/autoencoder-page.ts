import { DeepClustering, createTensorBackend, type WasmFile } from '@shoal/deep-clustering';
import { createReferenceEngine } from '@shoal/core';
import { createWebGpuEngine } from '@shoal/webgpu-kernels';
import { stripes } from '../stripes.ts';

/** The functions that the page offers to its test. */
export interface AutoencoderPage {
  /** Trains a small pipeline on rows of three kinds in turn; resolves to the first labels. */
  cluster(kind: 'wasm' | 'webgpu'): Promise<number[]>;
}

declare global {
  interface Window {
    autoencoderPage?: AutoencoderPage;
  }
}

const wasmFiles: Record<WasmFile, string> = {
  'tfjs-backend-wasm.wasm': new URL(
    '../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm',
    import.meta.url,
  ).href,
  'tfjs-backend-wasm-simd.wasm': new URL(
    '../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
    import.meta.url,
  ).href,
  'tfjs-backend-wasm-threaded-simd.wasm': new URL(
    '../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm',
    import.meta.url,
  ).href,
};

window.autoencoderPage = {
  async cluster(kind) {
    const place = kind === 'wasm' ? await openWasm() : await openWebGpu();
    const model = await new DeepClustering({
      ...place,
      autoencoder: { layers: [3], epochs: 5, batchSize: 35, learningRate: 0.03 },
      clustering: { method: 'kmeans', clusters: 3, nInit: 3 },
    }).fit(stripes(70, 12, 1));
    model.destroy();
    place.backend.destroy();
    place.engine.destroy();
    return [...model.labels.subarray(0, 12)];
  },
};

async function openWasm() {
  return { backend: await createTensorBackend({ kind: 'wasm', wasmFiles }), engine: createReferenceEngine() };
}

async function openWebGpu() {
  const engine = await createWebGpuEngine({ allowSoftware: true });
  const { device, adapterInfo } = engine;
  return { backend: await createTensorBackend({ kind: 'webgpu', device, adapterInfo }), engine };
}
