import type { Engine } from '../engine/engine.ts';
import { engineOrDefault } from '../default-engine.ts';
import { ShapeError } from '../errors.ts';
import type { InferenceOptions, ScoreOptions } from '../fit-options.ts';
import { assertFinite, matrix, type Matrix, type Points } from '../matrix.ts';
import type { ModelState } from '../model-state.ts';
import { frameTensors, lessOrigin, readFrame } from '../origin/frame.ts';
import { movePoints } from '../origin/move-points.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { forEachRead, readInChunks } from '../row-chunks.ts';
import { requireWeights } from '../sample-weights.ts';
import { StateReader } from '../state-reader.ts';
import { requireNoOverflow, requireUsable } from '../validation.ts';
import { covarianceOf, precisionOf, whitenerOf } from './probabilistic.ts';

const STATE_TYPE = 'pca';

/** Smallest variance that whitening stretches to 1, as a share of the first component's. */
const WHITENING_FLOOR = 1e-6;

/** The results of a fit as plain data, without methods. */
export type PcaFields = Pick<
  PcaModel,
  | 'components'
  | 'mean'
  | 'explainedVariance'
  | 'explainedVarianceRatio'
  | 'singularValues'
  | 'noiseVariance'
  | 'whiten'
> &
  Partial<Pick<PcaModel, 'origin'>>;

/** Fitted principal components: frozen. */
export class PcaModel {
  /** Orthonormal directions of the most variance, k x D, in descending order of variance. */
  readonly components: Matrix;
  /** Weighted mean of the training points, D values. */
  readonly mean: Float64Array;
  /** Variance of the training points along each component, k values, with n - 1 in the denominator; see `Pca`. */
  readonly explainedVariance: Float64Array;
  /** The same as a share of the variance along all D columns; zeros when there is no variance. */
  readonly explainedVarianceRatio: Float64Array;
  /** Singular values of the centered training points, rows multiplied by the roots of their weights; k values. */
  readonly singularValues: Float64Array;
  /**
   * Mean variance along the directions that were left out, min(N, D) - k of them with N the points of positive weight:
   * the noise of probabilistic PCA (Tipping & Bishop, J. Royal Stat. Soc. B 61(3), 1999). 0 when no direction was left
   * out.
   */
  readonly noiseVariance: number;
  /** Whether `transform` scales to unit variance. */
  readonly whiten: boolean;
  /** What is subtracted from points, in float64, before an engine gets them, D values; absent when they are near 0. */
  readonly origin: Float64Array | undefined;

  readonly #engine: Engine | undefined;

  constructor(fields: PcaFields, engine?: Engine) {
    this.components = Object.freeze(fields.components);
    this.mean = fields.mean;
    this.explainedVariance = fields.explainedVariance;
    this.explainedVarianceRatio = fields.explainedVarianceRatio;
    this.singularValues = fields.singularValues;
    this.noiseVariance = fields.noiseVariance;
    this.whiten = fields.whiten;
    this.origin = fields.origin;
    this.#engine = engine;
    Object.freeze(this);
  }

  /**
   * Coordinates of the points along the components, N x k: (x - mean) times the components. Whitened ones are
   * divided by the root of the component's variance, or of a millionth of the first component's where it is less,
   * so that rounding noise is not blown up to full size.
   *
   * @throws {ShapeError} when the points have another number of columns than the training points
   * @throws {DataError} when points are NaN or infinite, or too far away for their coordinates to be computed
   */
  async transform(given: PointsLike, options: InferenceOptions = {}): Promise<Matrix> {
    const points = pointsOf(given);
    const { rows: k, columns, data } = this.components;
    requireUsable(points, columns);
    const units = this.#units();
    const right = new Float64Array(columns * k);
    for (let c = 0; c < k; c++) {
      for (let j = 0; j < columns; j++) right[j * k + c] = data[c * columns + j] / units[c];
    }
    const { signal } = options;
    const engine = await this.#engineOf(options);
    const { moved, mean } = await this.#enterFrame(points, engine, signal);
    return this.#multiply(moved, right, k, engine, signal, mean);
  }

  /**
   * The points that belong to coordinates, N x D: the inverse of `transform`, onto the plane that the components span.
   * Float64 where the model was fitted to points far from 0.
   *
   * @param given N x k, what `transform` gave
   * @throws {ShapeError} when the codes do not have one column per component
   * @throws {DataError} when codes are NaN or infinite, or too large
   */
  async inverseTransform(given: PointsLike, options: InferenceOptions = {}): Promise<Matrix> {
    const { rows: k, columns, data } = this.components;
    const codes = pointsOf(given, 'Codes');
    if (codes.columns !== k) {
      throw new ShapeError(`The model has ${k} components but the codes have ${codes.columns} columns.`);
    }
    if (codes.location === 'host') assertFinite(codes);
    const units = this.#units();
    const right = Float64Array.from(data, (value, at) => value * units[Math.floor(at / columns)]);
    const { data: centered, rows } = await this.#multiply(
      codes,
      right,
      columns,
      await this.#engineOf(options),
      options.signal,
    );
    const { mean } = this;
    const values = this.origin ? Float64Array.from(centered) : centered;
    for (let at = 0; at < values.length; at++) {
      values[at] = requireNoOverflow('A coordinate', values[at] + mean[at % columns]);
    }
    return matrix(values, rows, columns);
  }

  /**
   * Covariance of the Gaussian that the components and the noise describe, D x D (Tipping & Bishop, J. Royal Stat. Soc. B
   * 61(3), 1999): that of the training points where no component is left out. Whitening does not change it.
   */
  covariance(): Float64Array {
    return covarianceOf(this);
  }

  /**
   * Inverse of `covariance()`, D x D.
   *
   * @throws {DataError} when it is singular: no noise, and no variance along some direction
   */
  precision(): Float64Array {
    return precisionOf(this);
  }

  /**
   * Log-likelihood of each point under that Gaussian, N values in nats.
   *
   * @throws like `transform`, and like `precision`
   */
  async scoreSamples(given: PointsLike, options: InferenceOptions = {}): Promise<Float64Array> {
    const points = pointsOf(given);
    const { signal } = options;
    const engine = await this.#engineOf(options);
    const { columns } = this.components;
    requireUsable(points, columns);
    const { root, peak } = whitenerOf(this);
    const scores = new Float64Array(points.rows);
    const { moved, mean } = await this.#enterFrame(points, engine, signal);
    const session = await engine.createMatrixProducts(moved, { signal });
    try {
      await session.writeShift(mean);
      await forEachRead(points.rows, columns, signal, async (start, count) => {
        const whitened = await session.multiply(root, columns, start, count);
        for (let i = 0; i < count; i++) {
          let squared = 0;
          for (let at = i * columns; at < (i + 1) * columns; at++) squared += whitened[at] ** 2;
          scores[start + i] = requireNoOverflow('The log-likelihood', peak - squared / 2);
        }
      });
      return scores;
    } finally {
      session.destroy();
    }
  }

  /**
   * Weighted mean of `scoreSamples`, in nats.
   *
   * @throws like `scoreSamples`, and for weights as in `Pca.fit`
   */
  async score(given: PointsLike, options: ScoreOptions = {}): Promise<number> {
    const points = pointsOf(given);
    const weights = requireWeights(options.weights, points.rows);
    const scores = await this.scoreSamples(points, options);
    let sum = 0;
    let total = 0;
    scores.forEach((score, i) => {
      const weight = weights?.[i] ?? 1;
      sum += weight * score;
      total += weight;
    });
    return sum / total;
  }

  /** The model as plain data; `fromState` reads it back. */
  toState(): ModelState {
    const { rows: components, columns, data } = this.components;
    const perComponent = (values: Float64Array) => ({ data: values, shape: [components] });
    return {
      type: STATE_TYPE,
      settings: { components, columns, noiseVariance: this.noiseVariance, whiten: this.whiten },
      tensors: {
        components: { data, shape: [components, columns] },
        mean: { data: this.mean, shape: [columns] },
        explainedVariance: perComponent(this.explainedVariance),
        explainedVarianceRatio: perComponent(this.explainedVarianceRatio),
        singularValues: perComponent(this.singularValues),
        ...frameTensors({ origin: this.origin }, columns),
      },
    };
  }

  /**
   * Reads a model back from what `toState` returned.
   *
   * @param engine computes in `transform` and similar methods; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is damaged or of another type of model
   */
  static fromState(state: ModelState, engine?: Engine): PcaModel {
    const reader = new StateReader(state, STATE_TYPE);
    const k = reader.wholeNumber('components', 1);
    const columns = reader.wholeNumber('columns', 1);
    return new PcaModel(
      {
        components: matrix(reader.float64('components', [k, columns]), k, columns),
        mean: reader.float64('mean', [columns]),
        explainedVariance: reader.float64('explainedVariance', [k]),
        explainedVarianceRatio: reader.float64('explainedVarianceRatio', [k]),
        singularValues: reader.float64('singularValues', [k]),
        noiseVariance: reader.number('noiseVariance'),
        whiten: reader.boolean('whiten'),
        origin: readFrame(reader, 0, columns).origin,
      },
      engine,
    );
  }

  /** The given engine, the engine of the fit, or the default one. */
  #engineOf({ engine = this.#engine }: InferenceOptions): Promise<Engine> {
    return engineOrDefault(engine);
  }

  /** The length of one unit of a code along each component, k values > 0. */
  #units(): Float64Array {
    const floor = WHITENING_FLOOR * this.explainedVariance[0];
    return this.explainedVariance.map((variance) =>
      this.whiten && floor > 0 ? Math.sqrt(Math.max(variance, floor)) : 1,
    );
  }

  /** Points and mean less the origin. Points on a device stay where they are: they are float32 already. */
  async #enterFrame(
    points: Points,
    engine: Engine,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly moved: Points; readonly mean: Float64Array }> {
    if (points.location === 'device') return { moved: points, mean: this.mean };
    const moved = await movePoints(points, this.origin, engine, signal);
    return { moved, mean: lessOrigin(this.mean, this.origin) };
  }

  /** (points - shift) times `right`, N x width. */
  async #multiply(
    points: Points,
    right: Float64Array,
    width: number,
    engine: Engine,
    signal: AbortSignal | undefined,
    shift?: Float64Array,
  ): Promise<Matrix> {
    const session = await engine.createMatrixProducts(points, { signal });
    try {
      if (shift) await session.writeShift(shift);
      const values = await readInChunks('A coordinate', session.rows, width, signal, (start, count) =>
        session.multiply(right, width, start, count),
      );
      return matrix(values, session.rows, width);
    } finally {
      session.destroy();
    }
  }
}
