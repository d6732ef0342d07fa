import {
  InvalidArgumentError,
  ShoalError,
  UnsupportedError,
  type Engine,
  type Matrix,
  type Points,
} from '@shoal/core';
import {
  assertCount,
  assertLayout,
  assertLength,
  assertNeighbors,
  assertSamples,
  assertWeights,
  type KMeansPartOptions,
  type KMeansSessionOptions,
} from '@shoal/core/engine-kit';
import { WasmGaussianMixtureSession } from './mixture/session.ts';
import { WasmGraphLayoutSession } from './layout/session.ts';
import { chooseArithmetic, type Arithmetic, type ArithmeticChoice } from './arithmetic.ts';
import { compileKernels } from './kernels.ts';
import { PRUNINGS, type Pruning } from './kmeans/bound-plan.ts';
import type { KMeansWorkOptions } from './kmeans/plan.ts';
import { WasmKMeansSession } from './kmeans/session.ts';
import { MAX_MEMORY_BYTES } from './memory-layout.ts';
import { Runtime } from './memory.ts';
import { WasmNeighborSearchSession } from './neighbors/session.ts';
import { WasmMatrixProductSession } from './products/session.ts';
import { WasmSpanningSession } from './spanning/session.ts';
import { threadSupport } from './threads/spawn.ts';
import { OPERATIONS_WORTH_THREADS } from './work.ts';

/**
 * More threads than processors only wait for each other. Some more are allowed, because a container may report fewer
 * processors than it has.
 */
const THREADS_PER_PROCESSOR = 2;
/** So many threads are allowed on every machine. */
const ALWAYS_ALLOWED_THREADS = 16;

/** Options of `createWasmEngine`. */
export interface WasmEngineOptions {
  /**
   * Threads, a whole number >= 1; default one per processor, at most two per processor or 16, whichever is more. Results are
   * the same bits for any number. Where memory cannot be shared (in a page that is not cross-origin isolated) there is
   * always one thread.
   */
  readonly threads?: number | undefined;
  /**
   * Number of multiply-adds in one pass over the points from which threads share the pass; default 4 million. Below that,
   * waking them takes longer than the work.
   */
  readonly threadingThreshold?: number | undefined;
  /** Which bounds k-means uses to save comparisons; default `'yinyang'`. All give the same labels. */
  readonly pruning?: Pruning | undefined;
  /**
   * How products are added up: `fused` rounds once, `plain` rounds twice, and `auto` (the default) takes the fastest that
   * runs here. With the same arithmetic, results have the same bits; `engine.info.arithmetic` tells which one is used.
   */
  readonly arithmetic?: ArithmeticChoice | undefined;
}

/**
 * The engine for machines without a GPU: WebAssembly SIMD on all processors. It runs in any browser and in Node.js, reads
 * only host matrices, and keeps bytes as bytes.
 *
 * @throws {UnsupportedError} where WebAssembly or its SIMD instructions are missing, or fused arithmetic was asked for and
 * cannot run
 * @throws {InvalidArgumentError} for an invalid number of threads, pruning, threshold or arithmetic, or too many threads
 */
export async function createWasmEngine(options: WasmEngineOptions = {}): Promise<Engine> {
  const { pruning = 'yinyang', threadingThreshold = OPERATIONS_WORTH_THREADS } = options;
  requirePruning(pruning);
  requireThreshold(threadingThreshold);
  const { processors, canShare, mayHelp } = threadSupport();
  if (options.threads !== undefined) requireThreads(options.threads, processors);
  const threads = canShare ? (options.threads ?? processors) : 1;
  const { arithmetic, module } = await compile(options.arithmetic ?? 'auto');
  const runtime = new Runtime(module, threads, mayHelp);
  const work = { threads, threadingThreshold };
  const usable = (points: Points): Matrix => {
    runtime.assertAlive();
    return hostMatrix(points);
  };
  return {
    name: 'wasm',
    info: {
      device: describe(threads, canShare, arithmetic),
      software: false,
      arithmetic,
      features: [
        'simd128',
        ...(arithmetic === 'fused' ? ['relaxed-simd'] : []),
        ...(threads > 1 ? ['threads'] : []),
      ],
      limits: { maxSessionBytes: MAX_MEMORY_BYTES, threads },
    },
    createKMeans: async (points, options) =>
      openKMeans(runtime, usable(points), options, { ...work, pruning }),
    createKMeansPart: async (points, options) =>
      openKMeans(runtime, usable(points), options, { ...work, pruning }),
    async createGaussianMixture(points, options) {
      const matrix = usable(points);
      assertCount('The number of components', options.components);
      assertWeights(options.weights, matrix.rows);
      return WasmGaussianMixtureSession.create(runtime, matrix, options, work);
    },
    async createMatrixProducts(points, options = {}) {
      const matrix = usable(points);
      assertWeights(options.weights, matrix.rows);
      return WasmMatrixProductSession.create(runtime, matrix, options, work);
    },
    async createNeighborSearch(points, options) {
      const matrix = usable(points);
      assertNeighbors(options.neighbors, matrix.rows);
      return WasmNeighborSearchSession.create(runtime, matrix, options, work);
    },
    async createSpanning(points, options) {
      const matrix = usable(points);
      assertSamples(options.minSamples, matrix.rows);
      return WasmSpanningSession.create(runtime, matrix, options, work);
    },
    async createGraphLayout(graph, positions, options) {
      runtime.assertAlive();
      const reachable = assertLayout(graph, positions, options);
      return WasmGraphLayoutSession.create(runtime, graph, { positions, reachable }, options, work);
    },
    async scaleRows(points) {
      runtime.assertAlive();
      throw notHere(points);
    },
    async download(points) {
      runtime.assertAlive();
      throw notHere(points);
    },
    trim() {
      runtime.trim();
    },
    destroy() {
      runtime.destroy();
    },
    [Symbol.dispose]() {
      runtime.destroy();
    },
  };
}

function requirePruning(pruning: Pruning): void {
  if (PRUNINGS.includes(pruning)) return;
  throw new InvalidArgumentError(`pruning must be one of ${PRUNINGS.join(', ')}; got ${pruning as string}.`);
}

function requireThreshold(threadingThreshold: number): void {
  if (threadingThreshold >= 0) return;
  throw new InvalidArgumentError(
    `threadingThreshold must be a number >= 0; got ${String(threadingThreshold)}.`,
  );
}

function openKMeans(
  runtime: Runtime,
  source: Matrix,
  options: KMeansSessionOptions | KMeansPartOptions,
  work: KMeansWorkOptions,
): Promise<WasmKMeansSession> {
  assertCount('The number of clusters', options.clusters);
  // All points of a part may weigh nothing.
  if (!('whole' in options)) assertWeights(options.weights, source.rows);
  else if (options.weights) assertLength('Sample weights', options.weights, source.rows);
  return WasmKMeansSession.create(runtime, source, options, work);
}

/** @throws {InvalidArgumentError} for an invalid number of threads, or too many: each takes memory, 7 MB in Node.js */
function requireThreads(threads: number, processors: number): void {
  assertCount('The number of threads', threads);
  const most = Math.max(ALWAYS_ALLOWED_THREADS, THREADS_PER_PROCESSOR * processors);
  if (threads <= most) return;
  throw new InvalidArgumentError(
    `The number of threads may be at most ${most} on this machine, which runs ${processors} at once; got ${threads}. ` +
      'Leave it out for one thread per processor: more are not faster.',
  );
}

function describe(threads: number, canShare: boolean, arithmetic: Arithmetic): string {
  const count = threads === 1 ? '1 thread' : `${threads} threads`;
  return `WebAssembly SIMD, ${arithmetic} arithmetic, ${count}${canShare ? '' : ' (the page is not cross-origin isolated)'}`;
}

async function compile(
  choice: ArithmeticChoice,
): Promise<{ readonly arithmetic: Arithmetic; readonly module: WebAssembly.Module }> {
  try {
    const arithmetic = await chooseArithmetic(choice);
    return { arithmetic, module: await compileKernels(arithmetic) };
  } catch (error) {
    if (error instanceof ShoalError) throw error;
    throw new UnsupportedError(
      `The wasm engine needs WebAssembly with SIMD, which this runtime lacks (${String(error)}); ` +
        'update the browser or Node.js, or use the reference engine.',
      { cause: error },
    );
  }
}

function hostMatrix(points: Points): Matrix {
  if (points.location === 'device') throw notHere(points);
  return points;
}

function notHere(points: Points): UnsupportedError {
  const where = points.location === 'device' ? `the ${points.engine} engine's device` : 'the host';
  return new UnsupportedError(
    `The wasm engine has no device, but these points are on ${where}; ` +
      'download them from there or use that engine.',
  );
}
