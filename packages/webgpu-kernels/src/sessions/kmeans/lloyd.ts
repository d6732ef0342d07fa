import type { KMeansIteration } from '@shoal/core';
import { sumBlocksGrid, sumBlocksKernel, sumBlocksParams } from '../../kernels/common/sum-blocks.ts';
import { pointTiles, tileGroups } from '../../kernels/common/tile-distances.ts';
import { assignGrid, assignKernel, assignParams } from '../../kernels/kmeans/assign.ts';
import {
  clusterSumsConstants,
  clusterSumsGrid,
  clusterSumsKernel,
  clusterSumsParams,
  planClusterSums,
} from '../../kernels/kmeans/cluster-sums.ts';
import {
  concludeAssignmentKernel,
  concludeAssignmentParams,
} from '../../kernels/kmeans/conclude-assignment.ts';
import { concludeIterationKernel, concludeIterationParams } from '../../kernels/kmeans/conclude-iteration.ts';
import {
  moveCentroidsGrid,
  moveCentroidsKernel,
  moveCentroidsParams,
} from '../../kernels/kmeans/move-centroids.ts';
import {
  ASSIGN_PARTIAL_BYTES,
  ITERATION_BYTES,
  packState,
  STATE_BYTES,
  unpackIteration,
} from '../../kernels/kmeans/state.ts';
import { pointConstants } from '../../points/access.ts';
import { wholeBuffer } from '../../runtime/buffers.ts';
import { Commands, type Dispatch } from '../../runtime/dispatch.ts';
import type { Grid } from '../../runtime/kernel.ts';
import { bindKernel } from '../../runtime/pipeline-cache.ts';
import type { KMeansResources } from './resources.ts';

/** Iterations recorded before the history has to be read: 64 KiB. */
const HISTORY_LENGTH = 4096;

/** The stages of one iteration, in order. */
interface Stages {
  readonly assign: readonly Dispatch[];
  readonly sums: readonly Dispatch[];
  readonly concludeAssignment: Dispatch;
  /** As above for an assignment whose sums were not computed. */
  readonly concludeWithoutSums: Dispatch;
  readonly move: readonly Dispatch[];
}

/**
 * Lloyd's iterations on the device. Labels, distances, sums and centroids stay there; a small `state` lets
 * iterations that were submitted ahead do nothing once an earlier one converged or found an empty cluster.
 */
export class Lloyd {
  readonly centroids: GPUBuffer;
  readonly labels: GPUBuffer;
  readonly distances: GPUBuffer;
  readonly sums: GPUBuffer;
  readonly #resources: KMeansResources;
  readonly #state: GPUBuffer;
  readonly #history: GPUBuffer;
  readonly #stages: Stages;
  /** True until an assignment has run with the present centroids' predecessors forgotten. */
  #forget = true;
  /** Whether `sums` belong to the last assignment. */
  #sumsAreCurrent = false;

  private constructor(resources: KMeansResources, buffers: LloydBuffers, stages: Stages) {
    this.#resources = resources;
    this.centroids = buffers.centroids;
    this.labels = buffers.labels;
    this.distances = buffers.distances;
    this.sums = buffers.sums;
    this.#state = buffers.state;
    this.#history = buffers.history;
    this.#stages = stages;
  }

  /** @throws {DeviceError} when the device refuses a kernel or runs out of memory */
  static async create(resources: KMeansResources): Promise<Lloyd> {
    const plan = planFor(resources);
    const buffers = await resources.context.guard('allocating k-means buffers', () =>
      createBuffers(resources, plan.blocks),
    );
    return new Lloyd(resources, buffers, await createStages(resources, buffers, plan));
  }

  /** Whether no assignment has followed the last write of centroids. */
  get unassigned(): boolean {
    return this.#forget;
  }

  /** Replaces the centroids (K x D) and forgets the labels. */
  async writeCentroids(centroids: Float32Array): Promise<void> {
    const { context, scope } = this.#resources;
    await context.guard('writing centroids', () => {
      scope.write(this.centroids, centroids);
    });
    this.#forget = true;
  }

  /** See `KMeansSession.step`. */
  async step(count: number, tolerance: number): Promise<readonly KMeansIteration[]> {
    const { concludeAssignment, assign, sums, move } = this.#stages;
    const iterations: KMeansIteration[] = [];
    while (iterations.length < count) {
      const batch = Math.min(count - iterations.length, HISTORY_LENGTH);
      const commands = this.#commands('running k-means iterations');
      await this.#writeState(tolerance);
      for (let i = 0; i < batch; i++) {
        await this.#record(commands, [...assign, ...sums, concludeAssignment, ...move]);
      }
      const recorded = await this.#readHistory(commands, batch);
      this.#forget = false;
      this.#sumsAreCurrent = true;
      iterations.push(...recorded.iterations);
      if (recorded.halted) break;
    }
    return iterations;
  }

  /** See `KMeansSession.assign`. */
  async assign(): Promise<Pick<KMeansIteration, 'inertia' | 'changed'>> {
    const commands = this.#commands('assigning points');
    await this.#writeState(0);
    await this.#record(commands, [...this.#stages.assign, this.#stages.concludeWithoutSums]);
    const { scope } = this.#resources;
    const bytes = await commands.read(scope, { buffer: this.#history, offset: 0, size: ITERATION_BYTES });
    this.#forget = false;
    this.#sumsAreCurrent = false;
    const { inertia, changed } = unpackIteration(new DataView(bytes), 0);
    return { inertia, changed };
  }

  /** Sums (K x (D + 1), the last column the weights) of the last assignment. */
  async readSums(): Promise<Float32Array> {
    const commands = this.#commands('summing clusters');
    if (!this.#sumsAreCurrent) {
      await this.#writeState(0);
      await this.#record(commands, this.#stages.sums);
    }
    const bytes = await commands.read(this.#resources.scope, wholeBuffer(this.sums));
    this.#sumsAreCurrent = true;
    return new Float32Array(bytes);
  }

  #commands(doing: string): Commands {
    return new Commands(this.#resources.context, doing, this.#resources.signal);
  }

  async #writeState(tolerance: number): Promise<void> {
    const { context, scope } = this.#resources;
    await context.guard('starting k-means iterations', () => {
      scope.write(this.#state, new Uint8Array(packState(this.#forget, tolerance)));
    });
  }

  async #record(commands: Commands, stages: readonly Dispatch[]): Promise<void> {
    for (const { bound, grid, cost } of stages) await commands.dispatch(bound, grid, cost);
  }

  async #readHistory(
    commands: Commands,
    length: number,
  ): Promise<{ readonly iterations: KMeansIteration[]; readonly halted: boolean }> {
    const [state, history] = await commands.readAll(this.#resources.scope, [
      { buffer: this.#state, offset: 0, size: STATE_BYTES },
      { buffer: this.#history, offset: 0, size: length * ITERATION_BYTES },
    ]);
    const [halted, ran] = new Uint32Array(state);
    const view = new DataView(history);
    return {
      iterations: Array.from({ length: ran }, (_, i) => unpackIteration(view, i)),
      halted: halted !== 0,
    };
  }
}

interface LloydBuffers {
  readonly centroids: GPUBuffer;
  readonly labels: GPUBuffer;
  readonly distances: GPUBuffer;
  readonly assignPartials: GPUBuffer;
  readonly sumPartials: GPUBuffer;
  readonly sums: GPUBuffer;
  readonly shifts: GPUBuffer;
  readonly state: GPUBuffer;
  readonly history: GPUBuffer;
}

function planFor({ points, clusters }: KMeansResources): ReturnType<typeof planClusterSums> {
  return planClusterSums(points.chunks[0].rows, points.columns, clusters);
}

function createBuffers(resources: KMeansResources, blocks: number): LloydBuffers {
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
    shifts: scope.storage('shifts', 4 * clusters),
    state: scope.storage('state', STATE_BYTES),
    history: scope.storage('history', ITERATION_BYTES * HISTORY_LENGTH),
  };
}

async function createStages(
  resources: KMeansResources,
  buffers: LloydBuffers,
  plan: ReturnType<typeof planClusterSums>,
): Promise<Stages> {
  const { context, scope, points, clusters, weights, weighted, unitCentroids } = resources;
  const { format, rows, columns, chunks } = points;
  const { centroids, labels, distances, assignPartials, sumPartials, sums, shifts, state, history } = buffers;
  const constants = { weighted, ...pointConstants(points) };
  const { pipelines, device } = context;
  const [assign, clusterSums, sumBlocks, concludeAssignment, moveCentroids, concludeIteration] =
    await Promise.all([
      pipelines.get(assignKernel(format), { ...constants, tile_groups: tileGroups(clusters) }),
      pipelines.get(clusterSumsKernel(format), { ...constants, ...clusterSumsConstants(plan) }),
      pipelines.get(sumBlocksKernel),
      pipelines.get(concludeAssignmentKernel),
      pipelines.get(moveCentroidsKernel),
      pipelines.get(concludeIterationKernel),
    ]);
  const elements = clusters * (columns + 1);
  const one: Grid = [1, 1];
  const conclude = (hasSums: boolean): Dispatch => {
    const packed = concludeAssignmentParams(pointTiles(rows), clusters, columns, hasSums);
    const params = scope.uniform('conclude-assignment', packed);
    const used = { partials: assignPartials, sums, state, history, params };
    return { bound: bindKernel(device, concludeAssignment, used), grid: one, cost: 0 };
  };
  return context.guard('preparing k-means kernels', () => ({
    assign: chunks.map((chunk) => ({
      bound: bindKernel(device, assign, {
        points: chunk.slice,
        targets: centroids,
        weights,
        state,
        labels,
        distances,
        partials: assignPartials,
        params: scope.uniform('assign', assignParams(chunk.start, chunk.rows, columns, clusters)),
      }),
      grid: assignGrid(chunk.rows),
      cost: chunk.rows * columns * clusters,
    })),
    sums: [
      ...chunks.map((chunk, i) => ({
        bound: bindKernel(device, clusterSums, {
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
      {
        bound: bindKernel(device, sumBlocks, {
          partials: sumPartials,
          totals: sums,
          params: scope.uniform('sum-blocks', sumBlocksParams(elements, plan.blocks)),
        }),
        grid: sumBlocksGrid(elements),
        cost: elements * plan.blocks,
      },
    ],
    concludeAssignment: conclude(true),
    concludeWithoutSums: conclude(false),
    move: [
      {
        bound: bindKernel(device, moveCentroids, {
          sums,
          state,
          centroids,
          shifts,
          params: scope.uniform('move-centroids', moveCentroidsParams(columns, clusters, unitCentroids)),
        }),
        grid: moveCentroidsGrid(clusters),
        cost: 0,
      },
      {
        bound: bindKernel(device, concludeIteration, {
          shifts,
          state,
          history,
          params: scope.uniform('conclude-iteration', concludeIterationParams(clusters)),
        }),
        grid: one,
        cost: 0,
      },
    ],
  }));
}
