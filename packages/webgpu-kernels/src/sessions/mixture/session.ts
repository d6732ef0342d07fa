import {
  assertFinite,
  StateError,
  type CovarianceType,
  type DeviceLabels,
  type GaussianMixtureParameters,
  type Points,
} from '@shoal/core';
import {
  assertCount,
  assertLength,
  assertParameters,
  assertRowIndices,
  assertWeights,
  Destroyable,
  type EmIteration,
  type GaussianMixtureSession,
  type GaussianMixtureSessionOptions,
  type ResponsibilitySource,
  singularCovariance,
} from '@shoal/core/engine-kit';
import { packDoubles, unpackDoubles } from '../../kernels/common/double-float.ts';
import { packModel, packState, unpackState, type EmState } from '../../kernels/mixture/em-types.ts';
import { responsibilitiesFromHashSource } from '../../kernels/mixture/responsibilities-from-hash.ts';
import { uploadPoints } from '../../points/device-points.ts';
import { wholeBuffer, type BufferScope } from '../../runtime/buffers.ts';
import type { DeviceContext } from '../../runtime/device.ts';
import { Commands } from '../../runtime/dispatch.ts';
import { labelsIn } from '../device-labels.ts';
import { allocateMixture, HISTORY_LENGTH, HISTORY_OFFSET, type MixtureBuffers } from './buffers.ts';
import { packCovariances, unpackCovariances } from './covariances.ts';
import { buildMixtureProgram, type MixtureProgram, type MixtureUniforms } from './program.ts';
import { boundPartials, planMixture, modelOf, planBlocks, rowCost, type MixturePlan } from './plan.ts';

/** The parts of a session, after its buffers are created and its kernels are compiled. */
interface Resources {
  readonly context: DeviceContext;
  readonly scope: BufferScope;
  readonly plan: MixturePlan;
  readonly rows: number;
  readonly buffers: MixtureBuffers;
  readonly uniforms: MixtureUniforms;
  readonly program: MixtureProgram;
  readonly model: (tolerance: number) => ArrayBuffer;
  readonly signal: AbortSignal | undefined;
}

/** The full state on which an E-step and the later iterations depend, to the last bit. */
export interface MixtureState {
  /** Contents of the buffers. */
  readonly means: Uint8Array;
  readonly covariances: Uint8Array;
  readonly moments: Uint8Array;
  /** Lower bound of the last iteration, with which the next one is compared. */
  readonly lastBound: number | undefined;
}

/**
 * A Gaussian mixture on a WebGPU device. Rows are processed one block at a time: log-densities, responsibilities and partial
 * sums of a block are in scratch of limited size, and totals over the blocks are double-floats. Parameters stay on the
 * device between iterations.
 */
export class WebGpuGaussianMixtureSession extends Destroyable implements GaussianMixtureSession {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly covarianceType: CovarianceType;

  readonly #resources: Resources;
  /** False until parameters are set, and after a call that failed while it changed them. */
  #hasParameters = false;
  #lastBound: number | undefined;

  private constructor(resources: Resources) {
    super();
    const { plan, rows } = resources;
    this.rows = rows;
    this.columns = plan.columns;
    this.components = plan.components;
    this.covarianceType = plan.covarianceType;
    this.#resources = resources;
  }

  /**
   * Uploads the points and compiles the kernels of the covariance type.
   *
   * @throws {InvalidArgumentError} for an invalid number of components or invalid weights
   * @throws {DataError} for points that are not finite
   * @throws {UnsupportedError} when the points are on another engine or device, or exceed a limit of the device
   * @throws {DeviceError} when the device fails or runs out of memory
   */
  static async create(
    context: DeviceContext,
    points: Points,
    options: GaussianMixtureSessionOptions,
  ): Promise<WebGpuGaussianMixtureSession> {
    const { components, covarianceType, weights, signal } = options;
    const { rows, columns } = points;
    assertCount('The number of components', components);
    assertWeights(weights, rows);
    if (points.location === 'host') assertFinite(points);
    const scope = context.createScope();
    try {
      const cost = rowCost(columns, components, covarianceType);
      const devicePoints = await uploadPoints(context, scope, points, cost, signal);
      const largest = Math.max(...devicePoints.chunks.map((chunk) => chunk.rows));
      const plan = planMixture(columns, components, covarianceType, largest);
      const blocks = planBlocks(plan, devicePoints.chunks);
      const partials = boundPartials(plan, blocks);
      const totalWeight = weights?.reduce((sum, weight) => sum + weight, 0) ?? rows;
      const { regCovar } = options;
      const model = modelOf(plan, { partials, regCovar, totalWeight, tolerance: 0 });
      const { buffers, uniforms } = await context.guard('allocating a Gaussian mixture', () => ({
        buffers: allocateMixture(scope, context.device.limits, plan, rows, partials, weights),
        uniforms: {
          model: scope.uniform('mixture model', packModel(model)),
          source: scope.uniform('mixture random source', responsibilitiesFromHashSource(0)),
        },
      }));
      const program = await buildMixtureProgram(context, scope, {
        plan,
        points: devicePoints,
        blocks,
        buffers,
        uniforms,
        model,
        weighted: weights !== undefined,
      });
      return new WebGpuGaussianMixtureSession({
        context,
        scope,
        plan,
        rows,
        buffers,
        uniforms,
        program,
        model: (tolerance) => packModel({ ...model, tolerance }),
        signal,
      });
    } catch (error) {
      scope.destroy();
      throw error;
    }
  }

  async initialize(source: ResponsibilitySource): Promise<void> {
    const { context, scope, buffers, uniforms, program } = this.#resources;
    if (source.kind === 'labels') assertLength('The labels', source.labels, this.rows);
    const commands = await this.#begin('initializing a Gaussian mixture');
    this.#hasParameters = false;
    await context.guard('initializing a Gaussian mixture', () => {
      scope.write(buffers.means, new Float32Array(this.components * this.columns));
      if (source.kind === 'labels') scope.write(buffers.labels, source.labels);
      else {
        const { seed, firstRow } = source;
        scope.write(uniforms.source, new Uint8Array(responsibilitiesFromHashSource(seed, firstRow)));
      }
    });
    // First about the origin, which gives the means; then about the means, without cancellation.
    const fill = source.kind === 'labels' ? 'fromLabels' : 'fromHash';
    for (const close of [program.means, [...program.means, ...program.covariances, ...program.precisions]]) {
      for (const block of program.blocks) await commands.dispatchAll([block[fill], block.statistics]);
      await commands.dispatchAll(program.totals, close);
    }
    await this.#adoptParameters(commands);
  }

  async writeParameters(parameters: GaussianMixtureParameters): Promise<void> {
    assertParameters(parameters, this);
    const { context, scope, plan, buffers, program } = this.#resources;
    const commands = await this.#begin('writing mixture parameters');
    const moments = new Float64Array(plan.momentElements);
    const stride = plan.momentElements / this.components;
    parameters.weights.forEach((weight, k) => (moments[k * stride] = weight));
    this.#hasParameters = false;
    await context.guard('writing mixture parameters', () => {
      scope.write(buffers.means, Float32Array.from(parameters.means));
      scope.write(buffers.covariances, packDoubles(packCovariances(parameters.covariances, plan)));
      // The mixing weights are the components' total weights divided by their sum.
      scope.write(buffers.moments, packDoubles(moments));
    });
    await commands.dispatchAll(program.precisions);
    await this.#adoptParameters(commands);
  }

  /** The state for `writeState`, with the device's bits, unlike `readParameters`. */
  async readState(): Promise<MixtureState> {
    const { context, scope, buffers, signal } = this.#ready();
    const wanted = [buffers.means, buffers.covariances, buffers.moments].map(wholeBuffer);
    const read = await new Commands(context, 'reading mixture parameters', signal).readAll(scope, wanted);
    const [means, covariances, moments] = read.map((bytes) => new Uint8Array(bytes));
    return { means, covariances, moments, lastBound: this.#lastBound };
  }

  /** Continues from the `readState` of a session of the same points and options. */
  async writeState({ means, covariances, moments, lastBound }: MixtureState): Promise<void> {
    const { context, scope, buffers, program } = this.#resources;
    const commands = await this.#begin('writing mixture parameters');
    await context.guard('writing mixture parameters', () => {
      scope.write(buffers.means, means);
      scope.write(buffers.covariances, covariances);
      scope.write(buffers.moments, moments);
    });
    await commands.dispatchAll(program.precisions);
    await this.#adoptParameters(commands);
    this.#lastBound = lastBound;
  }

  async readParameters(): Promise<GaussianMixtureParameters> {
    const { scope, plan, buffers } = this.#ready();
    const commands = await this.#begin('reading mixture parameters');
    const mixing = new Float32Array(await commands.read(scope, wholeBuffer(buffers.mixing)));
    const means = new Float32Array(await commands.read(scope, wholeBuffer(buffers.means)));
    const packed = new Float32Array(await commands.read(scope, wholeBuffer(buffers.covariances)));
    const weights = Float64Array.from(mixing.subarray(0, this.components));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return {
      weights: weights.map((weight) => weight / sum),
      means: Float64Array.from(means.subarray(0, this.components * this.columns)),
      covariances: unpackCovariances(unpackDoubles(packed.subarray(0, 2 * plan.covarianceElements)), plan),
    };
  }

  async step(count: number, tolerance: number): Promise<readonly EmIteration[]> {
    const iterations: EmIteration[] = [];
    while (iterations.length < count) {
      const planned = Math.min(HISTORY_LENGTH, count - iterations.length);
      const { bounds, halted } = await this.#iterate(planned, tolerance);
      for (const lowerBound of bounds) iterations.push({ lowerBound });
      if (halted) break;
    }
    return iterations;
  }

  async evaluate(): Promise<EmIteration> {
    const { program } = this.#ready();
    const commands = await this.#begin('evaluating a Gaussian mixture');
    await commands.dispatchAll(
      program.blocks.map((block) => block.recordedPosterior),
      program.close,
    );
    const { bounds } = await this.#readProgress(commands);
    return { lowerBound: bounds[0] };
  }

  async readLabels(): Promise<Uint32Array> {
    return new Uint32Array(await this.#readPoints(this.#resources.buffers.labels));
  }

  async labelsOnDevice(): Promise<DeviceLabels> {
    return labelsIn(this.#resources.buffers.labels, this.rows);
  }

  async readLogLikelihoods(): Promise<Float32Array> {
    return new Float32Array(await this.#readPoints(this.#resources.buffers.logLikelihoods));
  }

  async responsibilities(start: number, count: number): Promise<Float32Array> {
    const { scope, buffers, program } = this.#ready();
    assertRowIndices([start, start + count - 1], this.rows);
    const commands = await this.#begin('computing responsibilities');
    const out = new Float32Array(count * this.components);
    for (const { block, posterior } of program.blocks) {
      const from = Math.max(start, block.firstRow);
      const to = Math.min(start + count, block.firstRow + block.rows);
      if (from >= to) continue;
      await commands.dispatchAll([posterior]);
      const parts = Array.from({ length: this.components }, (_, k) => ({
        buffer: buffers.responsibilities,
        offset: 4 * (k * block.capacity + from - block.firstRow),
        size: 4 * (to - from),
      }));
      const columns = await commands.readAll(scope, parts);
      columns.forEach((bytes, k) => {
        new Float32Array(bytes).forEach((value, i) => {
          out[(from - start + i) * this.components + k] = value;
        });
      });
    }
    return out;
  }

  destroy(): void {
    this.#resources.scope.destroy();
  }

  /** Runs up to `count` iterations, which must fit the history. */
  async #iterate(count: number, tolerance: number): Promise<Progress> {
    const { program } = this.#ready();
    const commands = await this.#begin('running EM iterations', this.#lastBound, tolerance);
    this.#hasParameters = false;
    for (let i = 0; i < count; i++) {
      for (const { posterior, statistics } of program.blocks) {
        await commands.dispatchAll([posterior, statistics]);
      }
      const { totals, means, covariances, precisions, close } = program;
      await commands.dispatchAll(totals, means, covariances, precisions, close);
    }
    const progress = await this.#readProgress(commands);
    if (progress.singular !== undefined) throw singularCovariance(progress.singular, this.covarianceType);
    this.#hasParameters = true;
    this.#lastBound = progress.bounds.at(-1);
    return progress;
  }

  /** Waits for new parameters and checks whether their covariances could be factored. */
  async #adoptParameters(commands: Commands): Promise<void> {
    const { scope, plan, buffers } = this.#resources;
    const failures = new Uint32Array(await commands.read(scope, wholeBuffer(buffers.failures)));
    const singular = failures.subarray(0, plan.covariances).findIndex((failed) => failed !== 0);
    if (singular >= 0) throw singularCovariance(singular, this.covarianceType);
    this.#hasParameters = true;
    this.#lastBound = undefined;
  }

  /** Starts a new run; its first iteration is compared with `previous`. */
  async #begin(doing: string, previous?: number, tolerance = 0): Promise<Commands> {
    const { context, scope, buffers, uniforms, model, signal } = this.#resources;
    signal?.throwIfAborted();
    await context.guard(doing, () => {
      scope.write(buffers.progress, packState(previous));
      scope.write(uniforms.model, new Uint8Array(model(tolerance)));
    });
    return new Commands(context, doing, signal);
  }

  async #readProgress(commands: Commands): Promise<Progress> {
    const { scope, buffers } = this.#resources;
    const bytes = await commands.read(scope, wholeBuffer(buffers.progress));
    const state = unpackState(bytes);
    const bounds = unpackDoubles(new Float32Array(bytes, HISTORY_OFFSET, 2 * state.iterations));
    return { ...state, bounds };
  }

  async #readPoints(buffer: GPUBuffer): Promise<ArrayBuffer> {
    const commands = new Commands(this.#resources.context, 'reading points', this.#resources.signal);
    const bytes = await commands.read(this.#resources.scope, wholeBuffer(buffer));
    return bytes.slice(0, 4 * this.rows);
  }

  #ready(): Resources {
    if (!this.#hasParameters) {
      throw new StateError(
        'This mixture has no parameters yet; call initialize() or writeParameters() first.',
      );
    }
    return this.#resources;
  }
}

/** The result of a run of iterations. */
interface Progress extends EmState {
  readonly bounds: Float64Array;
}
