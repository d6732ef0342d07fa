import { assertFinite, UnsupportedError, type Engine, type Matrix, type Points } from '@shoal/core';
import { assertCount, assertWeights } from '@shoal/core/engine-kit';
import { WasmGaussianMixtureSession } from './gmm-session.ts';
import { compileKernels } from './kernels.ts';
import { WasmKMeansSession } from './kmeans-session.ts';
import { MAX_MEMORY_BYTES, Runtime } from './memory.ts';

/**
 * The engine for machines without a GPU: WebAssembly SIMD in float32 on one thread, sums in float64.
 * It runs in any browser and in Node.js, reads host matrices only, and keeps bytes as bytes.
 *
 * @throws {UnsupportedError} where WebAssembly or its SIMD instructions are missing
 */
export async function createWasmEngine(): Promise<Engine> {
  const runtime = new Runtime(await compile());
  return {
    name: 'wasm',
    info: {
      device: 'WebAssembly SIMD, 1 thread',
      software: false,
      features: ['simd128'],
      limits: { maxSessionBytes: MAX_MEMORY_BYTES },
    },
    async createKMeans(points, options) {
      const matrix = hostMatrix(points);
      assertCount('The number of clusters', options.clusters);
      assertWeights(options.weights, matrix.rows);
      return WasmKMeansSession.create(runtime, matrix, options);
    },
    async createGaussianMixture(points, options) {
      const matrix = hostMatrix(points);
      assertCount('The number of components', options.components);
      assertWeights(options.weights, matrix.rows);
      return WasmGaussianMixtureSession.create(runtime, matrix, options);
    },
    async scaleRows(points) {
      throw notHere(points);
    },
    async download(points) {
      throw notHere(points);
    },
    destroy() {
      runtime.destroy();
    },
  };
}

async function compile(): Promise<WebAssembly.Module> {
  try {
    return await compileKernels();
  } catch (error) {
    throw new UnsupportedError(
      `The wasm engine needs WebAssembly with SIMD, which this runtime lacks (${String(error)}); ` +
        'update the browser or Node.js, or use the reference engine.',
      { cause: error },
    );
  }
}

function hostMatrix(points: Points): Matrix {
  if (points.location === 'device') throw notHere(points);
  assertFinite(points);
  return points;
}

function notHere(points: Points): UnsupportedError {
  const where = points.location === 'device' ? `the ${points.engine} engine's device` : 'the host';
  return new UnsupportedError(
    `The wasm engine has no device of its own, but these points live on ${where}; ` +
      'download them from there or use that engine.',
  );
}
