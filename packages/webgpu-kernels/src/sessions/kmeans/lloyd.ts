import type { KMeansIteration } from '@shoal/core/engine-kit';
import { halfNormsOf } from '../../kernels/kmeans/candidates.ts';
import { ITERATION_BYTES, packState, STATE_BYTES, unpackIteration } from '../../kernels/kmeans/state.ts';
import { wholeBuffer } from '../../runtime/buffers.ts';
import { Commands } from '../../runtime/dispatch.ts';
import {
  createLloydBuffers,
  createStages,
  HISTORY_LENGTH,
  type LloydBuffers,
  type LloydStages,
} from './lloyd-stages.ts';
import { planLloyd } from './plan.ts';
import type { KMeansResources, KMeansVariant } from './resources.ts';

/**
 * Lloyd's iterations on the device. Labels, distances, sums and centroids stay there; with a small `state`, iterations that
 * were submitted in advance do nothing after an earlier one converged or found an empty cluster.
 */
export class Lloyd {
  readonly variant: KMeansVariant;
  readonly centroids: GPUBuffer;
  readonly labels: GPUBuffer;
  readonly distances: GPUBuffer;
  readonly sums: GPUBuffer;
  readonly #resources: KMeansResources;
  readonly #halfNorms: GPUBuffer;
  readonly #state: GPUBuffer;
  readonly #history: GPUBuffer;
  readonly #stages: LloydStages;
  /** True until the first assignment after centroids were written: its labels all count as changed. */
  #forget = true;
  /** Whether `sums` belong to the last assignment. */
  #sumsAreCurrent = false;
  /** The centroids at the last write or readback; undefined if they may have moved since. */
  #known: Float32Array | undefined;

  private constructor(
    resources: KMeansResources,
    variant: KMeansVariant,
    buffers: LloydBuffers,
    stages: LloydStages,
  ) {
    this.variant = variant;
    this.#resources = resources;
    this.centroids = buffers.centroids;
    this.labels = buffers.labels;
    this.distances = buffers.distances;
    this.sums = buffers.sums;
    this.#halfNorms = buffers.halfNorms;
    this.#state = buffers.state;
    this.#history = buffers.history;
    this.#stages = stages;
  }

  /** @throws {DeviceError} when the device refuses a kernel or runs out of memory */
  static async create(resources: KMeansResources): Promise<Lloyd> {
    const plan = planLloyd(resources);
    const buffers = await resources.context.guard('allocating k-means buffers', () =>
      createLloydBuffers(resources, plan),
    );
    const stages = await createStages(resources, buffers, plan);
    const lloyd = new Lloyd(resources, plan.variant, buffers, stages);
    if (stages.prepare.length > 0) {
      const commands = lloyd.#commands('looking at the points');
      await commands.dispatchAll(stages.prepare);
      await commands.finish();
    }
    return lloyd;
  }

  /** Whether there was no assignment since the last write of centroids. */
  get unassigned(): boolean {
    return this.#forget;
  }

  /** Replaces the centroids (K x D) and discards the labels. */
  async writeCentroids(centroids: Float32Array): Promise<void> {
    const { context, scope, clusters } = this.#resources;
    await context.guard('writing centroids', () => {
      scope.write(this.centroids, centroids);
      if (this.variant !== 'straight' && this.variant !== 'fused') {
        scope.write(this.#halfNorms, halfNormsOf(centroids, clusters));
      }
    });
    this.#forget = true;
    this.#known = centroids;
  }

  /** See `KMeansSession.readCentroids`; iterations have already read them back. */
  async readCentroids(): Promise<Float32Array> {
    const { scope } = this.#resources;
    if (this.#known) return this.#known.slice();
    const commands = this.#commands('reading centroids');
    const whole = { buffer: this.centroids, offset: 0, size: this.#centroidBytes };
    return new Float32Array(await commands.read(scope, whole));
  }

  /** See `KMeansSession.step`. */
  async step(count: number, tolerance: number): Promise<readonly KMeansIteration[]> {
    const { assignAndSum, conclude } = this.#stages;
    const iterations: KMeansIteration[] = [];
    while (iterations.length < count) {
      const batch = Math.min(count - iterations.length, HISTORY_LENGTH);
      const commands = this.#commands('running k-means iterations');
      await this.#writeState(tolerance);
      this.#known = undefined;
      for (let i = 0; i < batch; i++) {
        await commands.dispatchAll(assignAndSum, [conclude]);
      }
      const recorded = await this.#readHistory(commands, batch);
      this.#forget = false;
      this.#sumsAreCurrent = true;
      this.#known = recorded.centroids;
      iterations.push(...recorded.iterations);
      if (recorded.halted) break;
    }
    return iterations;
  }

  /** See `KMeansSession.assign`. */
  async assign(): Promise<Pick<KMeansIteration, 'inertia' | 'changed'>> {
    const commands = this.#commands('assigning points');
    await this.#writeState(0);
    await commands.dispatchAll(this.#stages.assign, [this.#stages.concludeWithoutSums]);
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
      await commands.dispatchAll(this.#stages.sums);
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

  async #readHistory(commands: Commands, length: number): Promise<Recorded> {
    const [state, history, centroids] = await commands.readAll(this.#resources.scope, [
      { buffer: this.#state, offset: 0, size: STATE_BYTES },
      { buffer: this.#history, offset: 0, size: length * ITERATION_BYTES },
      { buffer: this.centroids, offset: 0, size: this.#centroidBytes },
    ]);
    const [halted, ran] = new Uint32Array(state);
    const view = new DataView(history);
    return {
      iterations: Array.from({ length: ran }, (_, i) => unpackIteration(view, i)),
      halted: halted !== 0,
      centroids: new Float32Array(centroids),
    };
  }

  get #centroidBytes(): number {
    return 4 * this.#resources.clusters * this.#resources.points.columns;
  }
}

/** The readback of a batch of iterations. */
interface Recorded {
  readonly iterations: KMeansIteration[];
  readonly halted: boolean;
  /** The centroids at the end, from which a fit continues after its device is lost. */
  readonly centroids: Float32Array;
}
