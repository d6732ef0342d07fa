import { sumBlocksGrid, sumBlocksKernel, sumBlocksParams } from '../../kernels/common/sum-blocks.ts';
import { pointTiles, tileGroups } from '../../kernels/common/tile-distances.ts';
import { assignHalfKernel } from '../../kernels/kmeans/assign-half.ts';
import { assignMatrixKernel } from '../../kernels/kmeans/assign-matrix.ts';
import {
  assignSumsConstants,
  assignSumsGrid,
  assignSumsKernel,
  assignSumsParams,
  type AssignSumsPlan,
} from '../../kernels/kmeans/assign-sums.ts';
import { assignTiledKernel } from '../../kernels/kmeans/assign-tiled.ts';
import { assignGrid, assignKernel, assignParams } from '../../kernels/kmeans/assign.ts';
import { candidatesGrid, halfNormsLength, type CandidateBinding } from '../../kernels/kmeans/candidates.ts';
import {
  clusterSumsConstants,
  clusterSumsGrid,
  clusterSumsKernel,
  clusterSumsParams,
  type ClusterSumsPlan,
} from '../../kernels/kmeans/cluster-sums.ts';
import { concludeKernel, concludeParams } from '../../kernels/kmeans/conclude.ts';
import { ASSIGN_PARTIAL_BYTES, ITERATION_BYTES, STATE_BYTES } from '../../kernels/kmeans/state.ts';
import {
  largestMagnitudeGrid,
  largestMagnitudeKernel,
  largestMagnitudeParams,
} from '../../kernels/rows/largest-magnitude.ts';
import { pointConstants, type PointFormat } from '../../points/access.ts';
import type { PointChunk } from '../../points/device-points.ts';
import type { Dispatch } from '../../runtime/dispatch.ts';
import type { Kernel, KernelConstants } from '../../runtime/kernel.ts';
import { bindKernel } from '../../runtime/pipeline-cache.ts';
import type { LloydPlan } from './plan.ts';
import {
  candidatesWork,
  concludeWork,
  fusedWork,
  straightWork,
  sumBlocksWork,
  sumsWork,
  type LloydShape,
} from './lloyd-work.ts';
import type { KMeansResources } from './resources.ts';

/** Iterations that are recorded before the history must be read: 64 KiB. */
export const HISTORY_LENGTH = 4096;

/** The buffers of Lloyd's iterations on the device. */
export interface LloydBuffers {
  readonly centroids: GPUBuffer;
  readonly labels: GPUBuffer;
  readonly distances: GPUBuffer;
  readonly assignPartials: GPUBuffer;
  readonly sumPartials: GPUBuffer;
  readonly sums: GPUBuffer;
  /** See `halfNormsOf`. */
  readonly halfNorms: GPUBuffer;
  readonly state: GPUBuffer;
  readonly history: GPUBuffer;
}

/** The stages of an iteration, each as dispatches in order. */
export interface LloydStages {
  /** Values of the points that are computed once. */
  readonly prepare: readonly Dispatch[];
  /** Only labels and distances. */
  readonly assign: readonly Dispatch[];
  /** Only the sums of the last assignment. */
  readonly sums: readonly Dispatch[];
  /** Both. */
  readonly assignAndSum: readonly Dispatch[];
  /** Records the iteration and moves the centroids. */
  readonly conclude: Dispatch;
  /** Records an assignment whose sums were not computed. */
  readonly concludeWithoutSums: Dispatch;
}

/** Call it inside `DeviceContext.guard`. */
export function createLloydBuffers(resources: KMeansResources, { blocks }: LloydPlan): LloydBuffers {
  const { scope, points, clusters } = resources;
  const { rows, columns } = points;
  const sumBytes = 4 * clusters * (columns + 1);
  return {
    centroids: scope.storage('centroids', 4 * clusters * columns),
    labels: scope.storage('labels', 4 * rows),
    distances: scope.storage('distances', 4 * rows),
    assignPartials: scope.storage('partial inertias', ASSIGN_PARTIAL_BYTES * pointTiles(rows)),
    sumPartials: scope.storage('partial sums', blocks * sumBytes),
    sums: scope.storage('sums', sumBytes),
    halfNorms: scope.storage('half norms', 4 * halfNormsLength(clusters)),
    state: scope.storage('state', STATE_BYTES),
    history: scope.storage('history', ITERATION_BYTES * HISTORY_LENGTH),
  };
}

/** @throws {DeviceError} when the device refuses a kernel or runs out of memory */
export async function createStages(
  resources: KMeansResources,
  buffers: LloydBuffers,
  plan: LloydPlan,
): Promise<LloydStages> {
  const { points, weighted, precision } = resources;
  const constants = { weighted, ...pointConstants(points) };
  const candidates = candidateKernel(plan, points.format);
  const [prepare, assign, sums, conclude, addUp] = await Promise.all([
    usesHalves(plan) && points.format === 'f32' ? magnitudeStage(resources, buffers) : [],
    candidates
      ? candidatesStage(
          resources,
          buffers,
          candidates,
          // Without half floats, leaving points in doubt does not save time.
          { ...constants, exact: usesHalves(plan) && precision === 'fast' ? 0 : 1 },
          productsOf(plan, points.format),
        )
      : assignStage(resources, buffers, constants),
    plan.variant === 'fused'
      ? fusedStage(resources, buffers, constants, plan.fused)
      : sumsStage(resources, buffers, constants, plan.sums),
    concludeStage(resources, buffers, candidates !== undefined),
    sumBlocksStage(resources, buffers, plan.blocks),
  ]);
  // Chunk by chunk, so that streamed points are copied only once per pass. The fused kernel does both.
  const both = plan.variant === 'fused' ? sums : assign.flatMap((each, i) => [each, sums[i]]);
  return {
    prepare,
    assign,
    // For sums alone, the fused kernel computes the labels again: this is rare, and simpler than another kernel.
    sums: [...sums, addUp],
    assignAndSum: [...both, addUp],
    ...conclude,
  };
}

/** Bindings of every kernel that labels points, besides the points. */
function labeling({ weights }: KMeansResources, buffers: LloydBuffers) {
  const { centroids, state, labels, distances, assignPartials } = buffers;
  return { targets: centroids, weights, state, labels, distances, partials: assignPartials };
}

function shapeOf({ points, clusters, weighted }: KMeansResources, rows: number): LloydShape {
  const { columns, format } = points;
  return { rows, columns, clusters, valueBytes: format === 'u8' ? 1 : 4, weighted: weighted === 1 };
}

/** A dispatch for each chunk of points. */
function overChunks(
  { context, points }: KMeansResources,
  dispatchOf: (chunk: PointChunk, index: number) => Dispatch,
): Promise<Dispatch[]> {
  return context.guard('preparing k-means kernels', () => points.chunks.map(dispatchOf));
}

async function assignStage(
  resources: KMeansResources,
  buffers: LloydBuffers,
  constants: KernelConstants,
): Promise<Dispatch[]> {
  const { context, scope, points, clusters } = resources;
  const { format, columns } = points;
  const widths = { ...constants, tile_groups: tileGroups(clusters) };
  const assign = await context.pipelines.get(assignKernel(format), widths);
  return overChunks(resources, ({ slice, start, rows }) => ({
    bound: bindKernel(context.device, assign, {
      ...labeling(resources, buffers),
      points: slice,
      chunk: scope.uniform('assign', assignParams(start, rows, columns, clusters)),
    }),
    grid: assignGrid(rows),
    cost: rows * columns * clusters,
    work: straightWork(shapeOf(resources, rows)),
  }));
}

/** The kernel that finds candidates by products, if the plan uses one. */
function candidateKernel(plan: LloydPlan, format: PointFormat): Kernel<CandidateBinding> | undefined {
  switch (plan.variant) {
    case 'tiled':
      return assignTiledKernel(format);
    case 'half':
      return assignHalfKernel(format);
    case 'matrix':
    case 'split-matrix':
      return assignMatrixKernel(format, plan.matrices);
    case 'fused':
    case 'straight':
      return undefined;
  }
}

/** Number of products of each pair of a point and a centroid, if these are split into halves; bytes fit one half float. */
function productsOf({ variant }: LloydPlan, format: PointFormat): number {
  if (variant !== 'split-matrix') return 1;
  return format === 'u8' ? 2 : 3;
}

function usesHalves({ variant }: LloydPlan): boolean {
  return variant === 'half' || variant === 'matrix' || variant === 'split-matrix';
}

async function candidatesStage(
  resources: KMeansResources,
  buffers: LloydBuffers,
  kernel: Kernel<CandidateBinding>,
  constants: KernelConstants,
  products: number,
): Promise<Dispatch[]> {
  const { context, scope, points, clusters } = resources;
  const { columns } = points;
  const candidates = await context.pipelines.get(kernel, constants);
  return overChunks(resources, ({ slice, start, rows }) => ({
    bound: bindKernel(context.device, candidates, {
      ...labeling(resources, buffers),
      points: slice,
      halfNorms: buffers.halfNorms,
      chunk: scope.uniform('candidates', assignParams(start, rows, columns, clusters)),
    }),
    grid: candidatesGrid(rows),
    cost: rows * columns * clusters,
    work: candidatesWork(shapeOf(resources, rows), products),
  }));
}

/** Computes the magnitude that scales half floats. */
async function magnitudeStage(resources: KMeansResources, { halfNorms }: LloydBuffers): Promise<Dispatch[]> {
  const { context, scope, points, clusters } = resources;
  const largest = await context.pipelines.get(largestMagnitudeKernel('f32'));
  return overChunks(resources, ({ slice, rows }) => {
    const count = rows * points.columns;
    const params = largestMagnitudeParams(count, halfNormsLength(clusters) - 1);
    return {
      bound: bindKernel(context.device, largest, {
        points: slice,
        output: halfNorms,
        params: scope.uniform('largest-magnitude', params),
      }),
      grid: largestMagnitudeGrid(count),
      cost: count,
    };
  });
}

async function fusedStage(
  resources: KMeansResources,
  buffers: LloydBuffers,
  constants: KernelConstants,
  plan: AssignSumsPlan,
): Promise<Dispatch[]> {
  const { context, scope, points, clusters } = resources;
  const { format, columns } = points;
  const assignSums = await context.pipelines.get(assignSumsKernel(format), {
    ...constants,
    tile_groups: tileGroups(clusters),
    ...assignSumsConstants(plan, columns, clusters),
  });
  return overChunks(resources, (chunk, i) => ({
    bound: bindKernel(context.device, assignSums, {
      ...labeling(resources, buffers),
      points: chunk.slice,
      sums: buffers.sumPartials,
      params: scope.uniform('assign-sums', assignSumsParams(plan, chunk, columns, clusters, i > 0)),
    }),
    grid: assignSumsGrid(plan),
    cost: chunk.rows * columns * (clusters + 1),
    work: fusedWork(shapeOf(resources, chunk.rows), plan.groups),
  }));
}

async function sumsStage(
  resources: KMeansResources,
  { labels, state, sumPartials }: LloydBuffers,
  constants: KernelConstants,
  plan: ClusterSumsPlan,
): Promise<Dispatch[]> {
  const { context, scope, points, clusters, weights } = resources;
  const { format, columns } = points;
  const clusterSums = await context.pipelines.get(clusterSumsKernel(format), {
    ...constants,
    ...clusterSumsConstants(plan),
  });
  return overChunks(resources, (chunk, i) => ({
    bound: bindKernel(context.device, clusterSums, {
      points: chunk.slice,
      labels,
      weights,
      state,
      partials: sumPartials,
      params: scope.uniform('cluster-sums', clusterSumsParams(plan, chunk, columns, clusters, i > 0)),
    }),
    grid: clusterSumsGrid(plan, columns, clusters),
    cost: chunk.rows * columns,
    work: sumsWork(shapeOf(resources, chunk.rows), plan.blocks),
  }));
}

async function sumBlocksStage(
  { context, scope, points, clusters }: KMeansResources,
  { sumPartials, sums }: LloydBuffers,
  blocks: number,
): Promise<Dispatch> {
  const elements = clusters * (points.columns + 1);
  const sumBlocks = await context.pipelines.get(sumBlocksKernel);
  return context.guard('preparing k-means kernels', () => ({
    bound: bindKernel(context.device, sumBlocks, {
      partials: sumPartials,
      totals: sums,
      params: scope.uniform('sum-blocks', sumBlocksParams(elements, blocks)),
    }),
    grid: sumBlocksGrid(elements),
    cost: elements * blocks,
    work: sumBlocksWork(points.columns, clusters, blocks),
  }));
}

async function concludeStage(
  { context, scope, points, clusters, unitCentroids }: KMeansResources,
  { assignPartials, sums, state, history, centroids, halfNorms }: LloydBuffers,
  norms: boolean,
): Promise<Pick<LloydStages, 'conclude' | 'concludeWithoutSums'>> {
  const { rows, columns } = points;
  const pipeline = await context.pipelines.get(concludeKernel);
  const shape = { partials: pointTiles(rows), clusters, columns, unit: unitCentroids, norms };
  const conclude = (hasSums: boolean): Dispatch => ({
    bound: bindKernel(context.device, pipeline, {
      partials: assignPartials,
      sums,
      state,
      history,
      centroids,
      halfNorms,
      params: scope.uniform('conclude', concludeParams({ ...shape, hasSums })),
    }),
    grid: [1, 1],
    cost: clusters * columns,
    work: concludeWork(columns, clusters),
  });
  return context.guard('preparing k-means kernels', () => ({
    conclude: conclude(true),
    concludeWithoutSums: conclude(false),
  }));
}
