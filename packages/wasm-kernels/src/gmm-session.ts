import {
  DataError,
  StateError,
  type CovarianceType,
  type EmIteration,
  type GaussianMixtureParameters,
  type GaussianMixtureSession,
  type GaussianMixtureSessionOptions,
  type Matrix,
  type ResponsibilitySource,
} from '@shoal/core';
import {
  assertLength,
  assertParameters,
  assertRowIndices,
  finishMStep,
  initialResponsibilities,
  type SufficientStatistics,
} from '@shoal/core/engine-kit';
import { configure, TILE_ROWS, type KernelSettings } from './kernels.ts';
import { Layout, padRows, unpadRows, type Runtime, type SessionMemory } from './memory.ts';
import {
  covarianceCount,
  factorLength,
  isTriangular,
  loadPrecisions,
  momentLength,
  type MixtureShape,
} from './mixture-parameters.ts';
import { planPoints, ResidentPoints } from './resident-points.ts';

/** Where the session's own arrays lie; assembly/ describes each. */
type Addresses = Pick<
  KernelSettings,
  | 'origin'
  | 'means'
  | 'factors'
  | 'logConstants'
  | 'responsibilities'
  | 'counts'
  | 'firstMoments'
  | 'secondMoments'
  | 'labels'
  | 'logLikelihoods'
  | 'tile'
  | 'differences'
  | 'shares'
  | 'logDensities'
  | 'evidence'
>;

/**
 * Gaussian mixtures in WebAssembly. Points and means are float32 relative to the column means, so that
 * precision does not depend on where the data lies; log-likelihoods and sums across tiles are float64, and
 * the M-step closes in float64 on the host.
 */
export class WasmGaussianMixtureSession implements GaussianMixtureSession {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly covarianceType: CovarianceType;

  readonly #memory: SessionMemory;
  readonly #points: ResidentPoints;
  readonly #at: Addresses;
  readonly #shape: MixtureShape;
  readonly #regCovar: number;
  #parameters: GaussianMixtureParameters | undefined;
  /** The means as the kernels see them: what their statistics are taken about, K x D. */
  #shift: Float64Array;
  #lastBound = -Infinity;

  /**
   * @throws {UnsupportedError} when the session would need more than 4 GiB
   * @throws {DeviceError} when there is too little memory
   * @throws the signal's reason when it is aborted
   */
  static async create(
    runtime: Runtime,
    source: Matrix,
    options: GaussianMixtureSessionOptions,
  ): Promise<WasmGaussianMixtureSession> {
    const { rows, columns } = source;
    const { components, covarianceType } = options;
    const layout = new Layout();
    const plan = planPoints(source, layout);
    const { stride, scale } = plan;
    const shape = { components, columns, stride, covarianceType };
    const at = {
      origin: layout.reserve(4 * stride),
      means: layout.reserve(4 * components * stride),
      factors: layout.reserve(4 * covarianceCount(shape) * factorLength(shape)),
      logConstants: layout.reserve(8 * components),
      responsibilities: layout.reserve(4 * components * TILE_ROWS),
      counts: layout.reserve(8 * components),
      firstMoments: layout.reserve(8 * components * stride),
      secondMoments: layout.reserve(8 * covarianceCount(shape) * momentLength(shape)),
      labels: layout.reserve(4 * rows),
      logLikelihoods: layout.reserve(4 * rows),
      tile: layout.reserve(4 * TILE_ROWS * stride),
      differences: layout.reserve(4 * TILE_ROWS * stride),
      shares: layout.reserve(4 * TILE_ROWS * stride),
      logDensities: layout.reserve(8 * TILE_ROWS * components),
      evidence: layout.reserve(8 * TILE_ROWS),
    };
    const memory = await runtime.allocate(layout);
    try {
      const points = new ResidentPoints(plan, memory, source, options.weights, options.signal);
      // Tied components share one factor and one sum: they lie 0 bytes apart.
      const isTied = covarianceType === 'tied';
      configure(memory.kernels, {
        components,
        isTriangular: isTriangular(covarianceType),
        scale,
        factorBytes: isTied ? 0 : 4 * factorLength(shape),
        secondMomentBytes: isTied ? 0 : 8 * momentLength(shape),
        ...at,
      });
      memory.floats(at.origin, columns).set((await points.columnMoments()).mean);
      return new WasmGaussianMixtureSession(rows, memory, points, at, shape, options.regCovar);
    } catch (error) {
      memory.free();
      throw error;
    }
  }

  private constructor(
    rows: number,
    memory: SessionMemory,
    points: ResidentPoints,
    at: Addresses,
    shape: MixtureShape,
    regCovar: number,
  ) {
    this.rows = rows;
    this.columns = shape.columns;
    this.components = shape.components;
    this.covarianceType = shape.covarianceType;
    this.#memory = memory;
    this.#points = points;
    this.#at = at;
    this.#shape = shape;
    this.#regCovar = regCovar;
    this.#shift = new Float64Array(shape.components * shape.columns);
  }

  async initialize(source: ResponsibilitySource): Promise<void> {
    if (source.kind === 'labels') assertLength('The labels', source.labels, this.rows);
    const fill = initialResponsibilities(source);
    const one = new Float64Array(this.components);
    const { kernels } = this.#memory;
    const fillTile = (start: number, rows: number): void => {
      kernels.prepareTile(start, rows);
      const tile = this.#responsibilityTile;
      for (let i = 0; i < rows; i++) {
        fill(start + i, one);
        for (let k = 0; k < one.length; k++) tile[k * TILE_ROWS + i] = one[k];
      }
    };
    // About the column means first, which finds the components' own; then about these, free of cancellation.
    const origin = Float64Array.from(this.#memory.floats(this.#at.origin, this.columns));
    this.#loadMeans(Float64Array.from(this.#shift, (_, i) => origin[i % this.columns]));
    const rough = finishMStep(await this.#accumulate(fillTile), this.#regCovar);
    this.#loadMeans(rough.means);
    this.#adopt(finishMStep(await this.#accumulate(fillTile), this.#regCovar));
    this.#lastBound = -Infinity;
  }

  async writeParameters(parameters: GaussianMixtureParameters): Promise<void> {
    assertParameters(parameters, this);
    this.#adopt({
      weights: parameters.weights.slice(),
      means: parameters.means.slice(),
      covariances: parameters.covariances.slice(),
    });
    this.#lastBound = -Infinity;
  }

  async readParameters(): Promise<GaussianMixtureParameters> {
    const { weights, means, covariances } = this.#ready();
    return { weights: weights.slice(), means: means.slice(), covariances: covariances.slice() };
  }

  async step(count: number, tolerance: number): Promise<readonly EmIteration[]> {
    this.#ready();
    const { kernels } = this.#memory;
    const iterations: EmIteration[] = [];
    for (let done = 0; done < count; done++) {
      let bound = 0;
      const statistics = await this.#accumulate((start, rows) => {
        kernels.estimateTile(start, rows);
        bound += kernels.logLikelihood.value;
      });
      const lowerBound = this.#meanBound(bound);
      this.#adopt(finishMStep(statistics, this.#regCovar));
      iterations.push({ lowerBound });
      const change = Math.abs(lowerBound - this.#lastBound);
      this.#lastBound = lowerBound;
      if (change < tolerance) break;
    }
    return iterations;
  }

  async evaluate(): Promise<EmIteration> {
    this.#ready();
    const { kernels } = this.#memory;
    let bound = 0;
    await this.#points.forEachTile(this.#operations, (start, rows) => {
      kernels.evaluateTile(start, rows);
      bound += kernels.logLikelihood.value;
    });
    return { lowerBound: this.#meanBound(bound) };
  }

  async readLabels(): Promise<Uint32Array> {
    return this.#memory.words(this.#at.labels, this.rows).slice();
  }

  async readLogLikelihoods(): Promise<Float32Array> {
    return this.#memory.floats(this.#at.logLikelihoods, this.rows).slice();
  }

  async responsibilities(start: number, count: number): Promise<Float32Array> {
    this.#ready();
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    const { components } = this;
    const out = new Float32Array(count * components);
    const { kernels } = this.#memory;
    const tabulate = (tile: number, rows: number): void => {
      kernels.estimateTile(start + tile, rows);
      requireFinite(kernels.logLikelihood.value);
      const values = this.#responsibilityTile;
      for (let i = 0; i < rows; i++) {
        for (let k = 0; k < components; k++) out[(tile + i) * components + k] = values[k * TILE_ROWS + i];
      }
    };
    await this.#points.forEachTile(this.#operations, tabulate, count);
    return out;
  }

  destroy(): void {
    this.#memory.free();
  }

  /** The M-step's statistics over all points; `fill` prepares a tile and its responsibilities. */
  async #accumulate(fill: (start: number, rows: number) => void): Promise<SufficientStatistics> {
    const { columns, components, covarianceType } = this;
    const { stride } = this.#shape;
    const { kernels } = this.#memory;
    const counts = this.#memory.doubles(this.#at.counts, components).fill(0);
    const first = this.#memory.doubles(this.#at.firstMoments, components * stride).fill(0);
    const secondLength = covarianceCount(this.#shape) * momentLength(this.#shape);
    const second = this.#memory.doubles(this.#at.secondMoments, secondLength).fill(0);
    await this.#points.forEachTile(2 * this.#operations, (start, rows) => {
      fill(start, rows);
      kernels.accumulateTile(start, rows);
    });
    return {
      covarianceType,
      components,
      columns,
      shift: this.#shift,
      counts: counts.slice(),
      first: unpadRows(first, stride, columns),
      second: this.#unpadSecond(second),
    };
  }

  #unpadSecond(second: Float64Array): Float64Array {
    const { columns } = this;
    const { stride } = this.#shape;
    const rows = unpadRows(second, stride, columns);
    if (!isTriangular(this.covarianceType) || stride === columns) return rows;
    // Drop the padding rows at the end of each matrix, too.
    return unpadRows(rows, stride * columns, columns * columns);
  }

  #adopt(parameters: GaussianMixtureParameters): void {
    loadPrecisions(parameters, this.#shape, this.#memory, this.#at);
    this.#loadMeans(parameters.means);
    this.#parameters = parameters;
  }

  /** Hands means (K x D) to the kernels, relative to the origin, and notes what float32 made of them. */
  #loadMeans(means: Float64Array): void {
    const { columns, components } = this;
    const { stride } = this.#shape;
    const origin = this.#memory.floats(this.#at.origin, columns);
    const padded = this.#memory.floats(this.#at.means, components * stride);
    padRows(
      means.map((mean, i) => mean - origin[i % columns]),
      columns,
      padded,
    );
    const seen = unpadRows(Float64Array.from(padded), stride, columns);
    this.#shift = seen.map((mean, i) => mean + origin[i % columns]);
  }

  #meanBound(bound: number): number {
    return requireFinite(bound / this.#points.totalWeight);
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

  /** Multiply-adds of one E-step, per point. */
  get #operations(): number {
    const { components, columns } = this;
    return components * columns * (isTriangular(this.covarianceType) ? columns / 2 : 1);
  }

  get #responsibilityTile(): Float32Array {
    return this.#memory.floats(this.#at.responsibilities, this.components * TILE_ROWS);
  }
}

/** @throws {DataError} when float32 could not hold what the log-likelihood is made of */
function requireFinite(logLikelihood: number): number {
  if (Number.isFinite(logLikelihood)) return logLikelihood;
  throw new DataError(
    `The log-likelihood is ${logLikelihood}: the values are too large for float32; scale the columns first.`,
  );
}
