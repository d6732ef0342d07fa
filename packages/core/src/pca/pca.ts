import { engineOrDefault } from '../default-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { MatrixProductSession } from '../engine/products/session.ts';
import { InvalidArgumentError } from '../errors.ts';
import type { FitOptions } from '../fit-options.ts';
import { balanceWeights } from '../balance-weights.ts';
import { requireHeld } from '../linear-algebra/matrix-size.ts';
import { matrix, type Matrix, type Points } from '../matrix.ts';
import { plusOrigin } from '../origin/frame.ts';
import { centerPoints } from '../origin/move-points.ts';
import { openProducts } from '../parts/parted-product-session.ts';
import { areParted, type PartedPoints } from '../parts/parted-points.ts';
import { placeParts } from '../parts/place-parts.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { Random } from '../random.ts';
import { requireFittable, requireNoOverflow, requireWholeNumber } from '../validation.ts';
import { leadingEigenpairs } from './leading-eigenpairs.ts';
import { PcaModel, type PcaFields } from './model.ts';
import type { PcaOptions } from './types.ts';

/** Options with defaults filled in and checked. */
type Settings = Omit<Required<{ [Key in keyof PcaOptions]: NonNullable<PcaOptions[Key]> }>, 'engine'> & {
  readonly engine: Engine | undefined;
  /** Whether to iterate the subspace even when there are few columns. */
  readonly iterated: boolean;
};

/**
 * Up to this number of columns the whole covariance is diagonalized by default: a quarter of a second in plain
 * JavaScript.
 */
const WHOLE_COLUMNS = 256;

/**
 * Principal component analysis by randomized subspace iteration on the covariance, which is never formed (Halko,
 * Martinsson & Tropp, SIAM Review 53(2), 2011): a few passes over any number of points. Up to 256 columns, and when k
 * plus `oversampling` reaches the number of columns, the whole covariance is diagonalized in one pass, and nothing is
 * random.
 *
 * A weight of n counts like n equal points: variances are divided by the sum of the weights less 1.
 *
 * Signs are chosen so that the loading of largest magnitude of each component is positive, as later versions of
 * scikit-learn do (1.2.1 decides by the codes).
 *
 * The accuracy of components depends on the engine, because the covariance squares the values. An engine that
 * multiplies in float32 finds the variance along every component to about a millionth of the *first* component's
 * variance; components with less than that, a thousandth of the first's singular value, are rounding noise. Two
 * components are separated when their variances differ by more than that. The reference engine has 1e-15 in place of a
 * millionth.
 *
 * The same points, options and engine always give the same result, bit for bit.
 *
 * @example
 * const model = await new Pca({ components: 50 }).fit(points);
 * const codes = await model.transform(newPoints);
 */
export class Pca {
  readonly #settings: Settings;

  /** @throws {InvalidArgumentError} when an option is out of range or of the wrong kind */
  constructor(options: PcaOptions = {}) {
    this.#settings = {
      components: requireComponents(options.components ?? Infinity),
      whiten: options.whiten ?? false,
      oversampling: requireWholeNumber('oversampling', options.oversampling ?? 10, 0),
      iterations: requireWholeNumber('iterations', options.iterations ?? 7, 1),
      iterated: options.oversampling !== undefined || options.iterations !== undefined,
      seed: requireWholeNumber('seed', options.seed ?? 0, 0),
      engine: options.engine,
    };
  }

  /**
   * Finds the components of the points.
   *
   * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, points on the engine's device, or points in parts;
   *   left unchanged
   * @throws {InvalidArgumentError} when there are fewer columns, or points of positive weight, than components, or
   *   weights are negative, not finite, all zero, or too small to count as points
   * @throws {ShapeError} when there is not one weight per point
   * @throws {DataError} when points are NaN or infinite, or so large that their squares are not finite
   * @throws {UnsupportedError} when the points live on another device or exceed the engine's limits, or the components
   *   (the covariance, where all are asked for) would have more than 2^29 numbers
   * @throws {DeviceError} when the device fails
   */
  async fit(given: PointsLike | PartedPoints, options: FitOptions = {}): Promise<PcaModel> {
    const points = areParted(given) ? given : pointsOf(given);
    const { signal, onProgress } = options;
    const { components, iterations, seed, whiten } = this.#settings;
    const counted = Number.isSafeInteger(components);
    const weights = requireFittable(points, options.weights, counted ? components : 1, 'components');
    if (counted && components > points.columns) {
      throw new InvalidArgumentError(
        `${components} components need at least as many columns; got ${points.columns}. Ask for fewer components.`,
      );
    }
    const width = this.#width(points.columns);
    requireHeld(
      `${width} directions of ${points.columns} columns`,
      width * points.columns,
      counted ? 'Ask for fewer components.' : 'Ask for a number of components, not for all or a share.',
    );
    const size = sampleSize(points.rows, weights);
    const most = counted ? components : Math.min(size.points, points.columns);
    const balanced = balanceWeights(weights);
    const engine = await engineOrDefault(this.#settings.engine);
    const { points: centered, origin } = areParted(points)
      ? await placeParts(points, engine, { scalings: [], moves: true, weights, signal })
      : await centerPoints(points, engine, { weights, signal });
    const session = await openProducts(engine, centered, { weights: balanced, signal });
    try {
      const { mean, variance } = await measure(session);
      await session.writeShift(mean);
      const { values, vectors } = await leadingEigenpairs(session, {
        components: most,
        width,
        iterations,
        random: new Random(seed),
        signal,
        onPass: (completed, total) => onProgress?.({ phase: 'iterations', completed, total }),
      });
      const mass = balanced?.reduce((sum, weight) => sum + weight, 0) ?? points.rows;
      const population = values.map((value) => Math.max(0, value) / mass);
      const k = components < 1 ? holding(components, population, variance) : most;
      const spectrum = describeSpectrum(population.slice(0, k), variance, size, points.columns);
      const rows = vectors.slice(0, k * points.columns);
      turnPositive(rows, k, points.columns);
      return new PcaModel(
        {
          ...spectrum,
          components: matrix(rows, k, points.columns),
          mean: plusOrigin(mean, origin),
          whiten,
          origin,
        },
        engine,
      );
    } finally {
      session.destroy();
    }
  }

  /**
   * Codes of the points by their own components, N x k. To have the components too, call `fit` and then `transform`.
   *
   * @throws like `fit`, and like `PcaModel.transform`
   */
  async fitTransform(points: Points, options: FitOptions = {}): Promise<Matrix> {
    const model = await this.fit(points, options);
    return model.transform(points, { signal: options.signal });
  }

  /** Dimensions of the subspace; the number of columns for the whole covariance. */
  #width(columns: number): number {
    const { components, iterated, oversampling } = this.#settings;
    const counted = Number.isSafeInteger(components);
    if (!counted || (!iterated && columns <= WHOLE_COLUMNS)) return columns;
    return Math.min(columns, components + oversampling);
  }
}

/** @throws {InvalidArgumentError} unless `components` is a whole number >= 1, a share below 1, or all */
function requireComponents(components: number): number {
  if (components === Infinity || (components > 0 && components < 1)) return components;
  return requireWholeNumber(
    'The number of components (or below 1: their share of the variance)',
    components,
    1,
  );
}

/**
 * The fewest leading components that hold more than a share of the variance; all, when rounding leaves no such number.
 */
function holding(share: number, population: Float64Array, columnVariance: Float64Array): number {
  const total = columnVariance.reduce((sum, value) => sum + value, 0);
  let held = 0;
  for (let k = 0; k < population.length; k++) {
    held += population[k];
    if (held > share * total) return k + 1;
  }
  return population.length;
}

/** The number of points that the weights stand for. */
interface SampleSize {
  /** Points of positive weight. */
  readonly points: number;
  /** n: the sum of the weights. */
  readonly weight: number;
}

function sampleSize(rows: number, weights: Float32Array | undefined): SampleSize {
  if (!weights) return { points: rows, weight: rows };
  const points = weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  const weight = weights.reduce((sum, each) => sum + each, 0);
  if (points > 1 && weight <= 1) {
    throw new InvalidArgumentError(
      `The sample weights sum to ${weight}, but a weight of n counts like n equal points and a variance needs ` +
        'more than one. Multiply all weights, for example so that their mean is 1.',
    );
  }
  return { points, weight };
}

/** Mean and population variance of each column, checked for overflow. */
async function measure(session: MatrixProductSession): ReturnType<MatrixProductSession['columnMoments']> {
  const moments = await session.columnMoments();
  for (const value of moments.variance) requireNoOverflow('The variance of the points', value);
  return moments;
}

/**
 * Variances and shares of components, from the eigenvalues.
 *
 * @param population population variance along each component, k values
 * @param columnVariance population variance of each column, D values
 */
function describeSpectrum(
  population: Float64Array,
  columnVariance: Float64Array,
  { points, weight }: SampleSize,
  columns: number,
): Pick<PcaFields, 'explainedVariance' | 'explainedVarianceRatio' | 'singularValues' | 'noiseVariance'> {
  const unbiased = weight > 1 ? weight / (weight - 1) : 1;
  const total = columnVariance.reduce((sum, value) => sum + value, 0);
  const explained = population.reduce((sum, value) => sum + value, 0);
  const leftOut = Math.min(points, columns) - population.length;
  return {
    explainedVariance: population.map((value) => value * unbiased),
    explainedVarianceRatio: population.map((value) => (total > 0 ? value / total : 0)),
    singularValues: population.map((value) => Math.sqrt(value * weight)),
    noiseVariance: leftOut > 0 ? (Math.max(0, total - explained) * unbiased) / leftOut : 0,
  };
}

/** Flips the sign of each row whose value of largest magnitude (the first of equal ones) is negative. */
function turnPositive(vectors: Float64Array, rows: number, columns: number): void {
  for (let i = 0; i < rows; i++) {
    const row = vectors.subarray(i * columns, (i + 1) * columns);
    const largest = row.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    if (largest < 0) row.forEach((value, j) => (row[j] = -value));
  }
}
