import { sumBlocksGrid, sumBlocksKernel, sumBlocksParams } from '../../kernels/common/sum-blocks.ts';
import { pointTiles, tileGroups } from '../../kernels/common/tile-distances.ts';
import {
  assignSumsConstants,
  assignSumsGrid,
  assignSumsKernel,
  assignSumsParams,
  planAssignSums,
  type AssignSumsPlan,
} from '../../kernels/kmeans/assign-sums.ts';
import {
  assignTiledGrid,
  assignTiledKernel,
  canTile,
  tilingPays,
} from '../../kernels/kmeans/assign-tiled.ts';
import { assignGrid, assignKernel, assignParams } from '../../kernels/kmeans/assign.ts';
import {
  clusterSumsConstants,
  clusterSumsGrid,
  clusterSumsKernel,
  clusterSumsParams,
  planClusterSums,
  type ClusterSumsPlan,
} from '../../kernels/kmeans/cluster-sums.ts';
import { concludeKernel, concludeParams } from '../../kernels/kmeans/conclude.ts';
import { ASSIGN_PARTIAL_BYTES, ITERATION_BYTES, STATE_BYTES } from '../../kernels/kmeans/state.ts';
import { pointConstants } from '../../points/access.ts';
import type { Dispatch } from '../../runtime/dispatch.ts';
import type { KernelConstants } from '../../runtime/kernel.ts';
import { bindKernel } from '../../runtime/pipeline-cache.ts';
import type { KMeansResources } from './resources.ts';

/** Iterations recorded before the history has to be read: 64 KiB. */
export const HISTORY_LENGTH = 4096;

/** What Lloyd's iterations keep on the device. */
export interface LloydBuffers {
  readonly centroids: GPUBuffer;
  readonly labels: GPUBuffer;
  readonly distances: GPUBuffer;
  readonly assignPartials: GPUBuffer;
  readonly sumPartials: GPUBuffer;
  readonly sums: GPUBuffer;
  /** Half the squared length of each centroid and, last, the largest of them. */
  readonly halfNorms: GPUBuffer;
  readonly state: GPUBuffer;
  readonly history: GPUBuffer;
}

/** What is dispatched, in order. */
export interface LloydStages {
  /** Labels and distances alone. */
  readonly assign: readonly Dispatch[];
  /** The sums of the last assignment alone. */
  readonly sums: readonly Dispatch[];
  /** Both. */
  readonly assignAndSum: readonly Dispatch[];
  /** Records the iteration and moves the centroids. */
  readonly conclude: Dispatch;
  /** Records an assignment whose sums were not computed. */
  readonly concludeWithoutSums: Dispatch;
}

/**
 * How the work is divided among kernels: assignment and sums fused in one reading of the points, or one after the
 * other, with distances as sums of squares or by tiled products.
 */
export type LloydPlan =
  | { readonly variant: 'fused'; readonly blocks: number; readonly fused: AssignSumsPlan }
  | { readonly variant: 'straight' | 'tiled'; readonly blocks: number; readonly sums: ClusterSumsPlan };

/**
 * Takes the variant asked for, where it can; else fuses where the sums of all clusters fit workgroup memory, and
 * tiles where that pays. A GPU emulated on the CPU gains nothing by reading points once.
 */
export function planLloyd({ context, points, clusters, variant }: KMeansResources): LloydPlan {
  const { rows } = points.chunks[0];
  const { columns } = points;
  if (variant === 'fused' || (variant === undefined && !context.software)) {
    const memory = context.device.limits.maxComputeWorkgroupStorageSize;
    const fused = planAssignSums(rows, columns, clusters, memory);
    if (fused) return { variant: 'fused', blocks: fused.groups, fused };
  }
  const sums = planClusterSums(rows, columns, clusters);
  const tiled = variant === 'tiled' || (variant === undefined && tilingPays(columns, clusters));
  return { variant: tiled && canTile(clusters) ? 'tiled' : 'straight', blocks: sums.blocks, sums };
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
    halfNorms: scope.storage('half norms', 4 * (clusters + 1)),
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
  const { points, weighted } = resources;
  const constants = { weighted, ...pointConstants(points) };
  const [assign, fused, sums, conclude] = await Promise.all([
    plan.variant === 'tiled'
      ? tiledStage(resources, buffers, constants)
      : assignStage(resources, buffers, constants),
    plan.variant === 'fused' ? fusedStage(resources, buffers, constants, plan.fused) : undefined,
    plan.variant === 'fused' ? undefined : sumsStage(resources, buffers, constants, plan.sums),
    concludeStage(resources, buffers, plan.variant === 'tiled'),
  ]);
  const addUp = await sumBlocksStage(resources, buffers, plan.blocks);
  // Chunk by chunk, so that points that are copied for every pass are copied once.
  const both = fused ?? assign.flatMap((each, i) => [each, ...(sums === undefined ? [] : [sums[i]])]);
  return {
    assign,
    // Alone, the fused kernel finds the labels again: rare, and simpler than a kernel more.
    sums: [...(fused ?? sums ?? []), addUp],
    assignAndSum: [...both, addUp],
    ...conclude,
  };
}

async function assignStage(
  { context, scope, points, clusters, weights }: KMeansResources,
  { centroids, state, labels, distances, assignPartials }: LloydBuffers,
  constants: KernelConstants,
): Promise<Dispatch[]> {
  const { format, columns, chunks } = points;
  const widths = { ...constants, tile_groups: tileGroups(clusters) };
  const assign = await context.pipelines.get(assignKernel(format), widths);
  return context.guard('preparing k-means kernels', () =>
    chunks.map((chunk) => ({
      bound: bindKernel(context.device, assign, {
        points: chunk.slice,
        targets: centroids,
        weights,
        state,
        labels,
        distances,
        partials: assignPartials,
        chunk: scope.uniform('assign', assignParams(chunk.start, chunk.rows, columns, clusters)),
      }),
      grid: assignGrid(chunk.rows),
      cost: chunk.rows * columns * clusters,
    })),
  );
}

async function tiledStage(
  { context, scope, points, clusters, weights }: KMeansResources,
  { centroids, halfNorms, state, labels, distances, assignPartials }: LloydBuffers,
  constants: KernelConstants,
): Promise<Dispatch[]> {
  const { format, columns, chunks } = points;
  const assignTiled = await context.pipelines.get(assignTiledKernel(format), constants);
  return context.guard('preparing k-means kernels', () =>
    chunks.map((chunk) => ({
      bound: bindKernel(context.device, assignTiled, {
        points: chunk.slice,
        targets: centroids,
        halfNorms,
        weights,
        state,
        labels,
        distances,
        partials: assignPartials,
        chunk: scope.uniform('assign-tiled', assignParams(chunk.start, chunk.rows, columns, clusters)),
      }),
      grid: assignTiledGrid(chunk.rows),
      cost: chunk.rows * columns * clusters,
    })),
  );
}

async function fusedStage(
  { context, scope, points, clusters, weights }: KMeansResources,
  { centroids, state, labels, distances, assignPartials, sumPartials }: LloydBuffers,
  constants: KernelConstants,
  plan: AssignSumsPlan,
): Promise<Dispatch[]> {
  const { format, columns, chunks } = points;
  const assignSums = await context.pipelines.get(assignSumsKernel(format), {
    ...constants,
    tile_groups: tileGroups(clusters),
    ...assignSumsConstants(plan, columns, clusters),
  });
  return context.guard('preparing k-means kernels', () =>
    chunks.map((chunk, i) => ({
      bound: bindKernel(context.device, assignSums, {
        points: chunk.slice,
        targets: centroids,
        weights,
        state,
        labels,
        distances,
        partials: assignPartials,
        sums: sumPartials,
        params: scope.uniform('assign-sums', assignSumsParams(plan, chunk, columns, clusters, i > 0)),
      }),
      grid: assignSumsGrid(plan),
      cost: chunk.rows * columns * (clusters + 1),
    })),
  );
}

async function sumsStage(
  { context, scope, points, clusters, weights }: KMeansResources,
  { labels, state, sumPartials }: LloydBuffers,
  constants: KernelConstants,
  plan: ClusterSumsPlan,
): Promise<Dispatch[]> {
  const { format, columns, chunks } = points;
  const clusterSums = await context.pipelines.get(clusterSumsKernel(format), {
    ...constants,
    ...clusterSumsConstants(plan),
  });
  return context.guard('preparing k-means kernels', () =>
    chunks.map((chunk, i) => ({
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
    })),
  );
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
  });
  return context.guard('preparing k-means kernels', () => ({
    conclude: conclude(true),
    concludeWithoutSums: conclude(false),
  }));
}
