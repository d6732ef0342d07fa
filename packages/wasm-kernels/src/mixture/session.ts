import {
  DataError,
  StateError,
  type CovarianceType,
  type GaussianMixtureParameters,
  type Matrix,
} from '@shoal/core';
import {
  EmSteps,
  copyParameters,
  assertLength,
  assertParameters,
  assertRowIndices,
  Destroyable,
  type EmIteration,
  finishMStep,
  forEachChunk,
  type GaussianMixtureSession,
  type GaussianMixtureSessionOptions,
  type GivenResponsibilities,
  inTurns,
  type PartStatistics,
  type ResponsibilitySource,
  type SufficientStatistics,
} from '@shoal/core/engine-kit';
import { TILE_ROWS } from '../kernels.ts';
import type { Runtime, SessionMemory } from '../memory.ts';
import { padRows, unpadRows } from '../padding.ts';
import { ResidentPoints, type PointSummary } from '../resident-points.ts';
import type { WorkOptions } from '../work.ts';
import { covarianceCount, isTriangular, loadPrecisions, momentLength } from './parameters.ts';
import { planMixture, type MixturePlan } from './plan.ts';

/** Values that are added up before the event loop may run. */
const VALUES_PER_TURN = 1e5;

/** Where the responsibilities of an M-step come from: the kernel, and its arguments. */
type MomentKernel = readonly ['estimateMoments' | 'labeledMoments' | 'randomMoments', ...number[]];

/**
 * Gaussian mixtures in WebAssembly. Points and means are float32 relative to the column means, so that precision does not
 * depend on the distance of the data from zero. Log-likelihoods and sums across tiles are float64, and the calling thread
 * completes the M-step in float64.
 */
export class WasmGaussianMixtureSession extends Destroyable implements GaussianMixtureSession {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly covarianceType: CovarianceType;
  readonly center: Float64Array;

  readonly #plan: MixturePlan;
  readonly #memory: SessionMemory;
  readonly #summary: PointSummary;
  readonly #regCovar: number;
  readonly #signal: AbortSignal | undefined;
  #parameters: GaussianMixtureParameters | undefined;
  /** The means as the kernels see them, K x D; their statistics are taken about these. */
  #shift: Float64Array;
  readonly #steps = new EmSteps();

  /**
   * @throws {UnsupportedError} when the session needs more than 4 GiB
   * @throws {DeviceError} when there is too little memory, or a thread ends unexpectedly
   * @throws {DataError} when a value is NaN or infinite
   * @throws the signal's reason when it is aborted
   */
  static async create(
    runtime: Runtime,
    source: Matrix,
    options: GaussianMixtureSessionOptions,
    work: WorkOptions,
  ): Promise<WasmGaussianMixtureSession> {
    const plan = planMixture(source, options, work);
    const memory = await runtime.allocate(plan.layout, plan.threads);
    try {
      memory.configure(plan.globalsOf);
      const points = new ResidentPoints(plan.points, memory, source, options.weights);
      const summary = await points.summarize(source, options);
      return new WasmGaussianMixtureSession(plan, memory, summary, options);
    } catch (error) {
      memory.free();
      throw error;
    }
  }

  private constructor(
    plan: MixturePlan,
    memory: SessionMemory,
    summary: PointSummary,
    { covarianceType, regCovar, signal }: GaussianMixtureSessionOptions,
  ) {
    super();
    const { rows, columns, components } = plan.globals;
    this.rows = rows;
    this.columns = columns;
    this.components = components;
    this.covarianceType = covarianceType;
    this.#plan = plan;
    this.#memory = memory;
    this.#summary = summary;
    this.center = summary.center;
    this.#regCovar = regCovar;
    this.#signal = signal;
    this.#shift = new Float64Array(components * columns);
  }

  async initialize(source: ResponsibilitySource): Promise<void> {
    const kernel = this.#kernelOf(source);
    // First about the column means, which gives the means of the components; then about these, without cancellation.
    const { shift } = this.#summary;
    this.#loadMeans(Float64Array.from(this.#shift, (_, i) => shift[i % this.columns]));
    const rough = await this.#finish((await this.#accumulate(kernel)).statistics);
    this.#loadMeans(rough.means);
    await this.#adopt(await this.#finish((await this.#accumulate(kernel)).statistics));
    this.#steps.restart();
  }

  async writeParameters(parameters: GaussianMixtureParameters): Promise<void> {
    assertParameters(parameters, this);
    await this.#adopt(copyParameters(parameters));
    this.#steps.restart();
  }

  async readParameters(): Promise<GaussianMixtureParameters> {
    return copyParameters(this.#ready());
  }

  async step(count: number, tolerance: number): Promise<readonly EmIteration[]> {
    this.#ready();
    return this.#steps.run(count, tolerance, async () => {
      const { likelihood, statistics } = await this.#accumulate(['estimateMoments']);
      const lowerBound = this.#meanBound(likelihood);
      await this.#adopt(await this.#finish(statistics));
      return lowerBound;
    });
  }

  async readStatistics(given?: GivenResponsibilities): Promise<PartStatistics> {
    if (given === undefined) {
      this.#ready();
      return this.#accumulate(['estimateMoments']);
    }
    const kernel = this.#kernelOf(given.source);
    this.#parameters = undefined;
    this.#loadMeans(given.about);
    return { ...(await this.#accumulate(kernel)), likelihood: 0 };
  }

  async evaluate(): Promise<EmIteration> {
    this.#ready();
    const { chunks } = this.#plan;
    await this.#memory.run('evaluateChunk', chunks, this.#signal);
    return { lowerBound: this.#meanBound(this.#sumOfChunks(chunks)) };
  }

  async readLabels(): Promise<Uint32Array> {
    return this.#labels.slice();
  }

  async readLogLikelihoods(): Promise<Float32Array> {
    return this.#memory.floats(this.#plan.globals.logLikelihoods, this.rows).slice();
  }

  async responsibilities(start: number, count: number): Promise<Float32Array> {
    this.#ready();
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    const { components } = this;
    const { tableRows, globals } = this.#plan;
    const out = new Float32Array(count * components);
    for (let done = 0; done < count; done += tableRows) {
      const rows = Math.min(tableRows, count - done);
      const tiles = Math.ceil(rows / TILE_ROWS);
      const first = start + done;
      await this.#memory.run('tabulateTile', tiles, this.#signal, first, first + rows);
      requireFinite(this.#sumOfChunks(tiles));
      out.set(this.#memory.floats(globals.responsibilityTable, rows * components), done * components);
    }
    return out;
  }

  destroy(): void {
    this.#memory.free();
  }

  /** The kernel for given responsibilities, and its arguments. */
  #kernelOf(source: ResponsibilitySource): MomentKernel {
    this.#memory.assertLive();
    if (source.kind === 'random') return ['randomMoments', source.seed, source.firstRow ?? 0];
    assertLength('The labels', source.labels, this.rows);
    this.#labels.set(source.labels);
    return ['labeledMoments'];
  }

  get #labels(): Uint32Array {
    return this.#memory.words(this.#plan.globals.labels, this.rows);
  }

  /**
   * The statistics of the M-step over all points, and the log-likelihood where the responsibilities come from parameters.
   */
  async #accumulate([kernel, ...args]: MomentKernel): Promise<PartStatistics> {
    const { columns, components, covarianceType } = this;
    const { shape, globals } = this.#plan;
    const { slots, parts } = this.#plan.slots;
    const { stride } = shape;
    await forEachChunk(slots, 1, this.#signal, (slot) => {
      this.#memory.bytes(globals.moments + slot * globals.momentBytes, globals.momentBytes).fill(0);
    });
    for (let part = 0; part < parts; part++) {
      await this.#memory.run(kernel, slots, this.#signal, part, ...args);
    }
    const secondLength = covarianceCount(shape) * momentLength(shape);
    const total = new Float64Array(1 + components + components * stride + secondLength);
    await forEachChunk(total.length, VALUES_PER_TURN, this.#signal, (start, end) => {
      for (let slot = 0; slot < slots; slot++) {
        const ofSlot = this.#memory.doubles(globals.moments + slot * globals.momentBytes, total.length);
        for (let i = start; i < end; i++) total[i] += ofSlot[i];
      }
    });
    const firstAt = 1 + components;
    const secondAt = firstAt + components * stride;
    return {
      likelihood: total[0],
      statistics: {
        covarianceType,
        components,
        columns,
        shift: this.#shift,
        counts: total.subarray(1, firstAt),
        first: unpadRows(total.subarray(firstAt, secondAt), stride, columns),
        second: this.#unpadSecond(total.subarray(secondAt)),
      },
    };
  }

  #unpadSecond(second: Float64Array): Float64Array {
    const { columns } = this;
    const { stride } = this.#plan.shape;
    if (stride === columns) return second;
    const rows = unpadRows(second, stride, columns);
    if (!isTriangular(this.covarianceType)) return rows;
    // This also removes the padding rows at the end of each matrix.
    return unpadRows(rows, stride * columns, columns * columns);
  }

  #finish(statistics: SufficientStatistics): Promise<GaussianMixtureParameters> {
    return inTurns(finishMStep(statistics, this.#regCovar), this.#signal);
  }

  async #adopt(parameters: GaussianMixtureParameters): Promise<void> {
    const work = loadPrecisions(parameters, this.#plan.shape, this.#memory, this.#plan.globals);
    await inTurns(work, this.#signal);
    this.#loadMeans(parameters.means);
    this.#parameters = parameters;
  }

  /** Writes means (K x D) for the kernels, relative to the shift, and keeps their values after rounding to float32. */
  #loadMeans(means: Float64Array): void {
    const { columns, components } = this;
    const { stride } = this.#plan.shape;
    const { shift } = this.#summary;
    const padded = this.#memory.floats(this.#plan.globals.means, components * stride);
    padRows(
      means.map((mean, i) => mean - shift[i % columns]),
      columns,
      padded,
    );
    const seen = unpadRows(Float64Array.from(padded), stride, columns);
    this.#shift = seen.map((mean, i) => mean + shift[i % columns]);
  }

  #sumOfChunks(chunks: number): number {
    const likelihoods = this.#memory.doubles(this.#plan.globals.chunkLikelihood, chunks);
    return likelihoods.reduce((total, likelihood) => total + likelihood, 0);
  }

  #meanBound(likelihood: number): number {
    return requireFinite(likelihood / this.#summary.totalWeight);
  }

  #ready(): GaussianMixtureParameters {
    this.#memory.assertLive();
    if (this.#parameters === undefined) {
      throw new StateError(
        'This mixture has no parameters yet; call initialize() or writeParameters() first.',
      );
    }
    return this.#parameters;
  }
}

/** @throws {DataError} when the log-likelihood is not finite because a value overflowed float32 */
function requireFinite(logLikelihood: number): number {
  if (Number.isFinite(logLikelihood)) return logLikelihood;
  throw new DataError(
    `The log-likelihood is ${logLikelihood}: the values are too large for float32. Scale the columns (scaling: 'standardize').`,
  );
}
