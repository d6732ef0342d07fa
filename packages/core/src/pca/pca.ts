import type { MatrixProductSession } from '../engine/engine.ts';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { InvalidArgumentError } from '../errors.ts';
import type { FitOptions } from '../fit-options.ts';
import { balanceWeights } from '../gmm/balance-weights.ts';
import { matrix, type Points } from '../matrix.ts';
import { plusOrigin } from '../origin/frame.ts';
import { centerPoints } from '../origin/move-points.ts';
import { Random } from '../random.ts';
import { requireFittable, requireNoOverflow, requireWholeNumber } from '../validation.ts';
import { leadingEigenpairs } from './leading-eigenpairs.ts';
import { PcaModel, type PcaFields } from './model.ts';
import type { PcaOptions } from './types.ts';

/** Options with defaults filled in and checked. */
type Settings = Required<{ [Key in keyof PcaOptions]: NonNullable<PcaOptions[Key]> }>;

/**
 * Principal component analysis by randomised subspace iteration on the covariance, which is never formed (Halko,
 * Martinsson & Tropp, SIAM Review 53(2), 2011): a few passes over the points, whatever their number. Where k and
 * `oversampling` reach the number of columns, the covariance is diagonalised whole and nothing is left to chance.
 *
 * A weight of n counts like n equal points: variances are divided by the sum of the weights less 1.
 *
 * Signs are chosen so that the loading of largest magnitude of each component is positive, as later versions of
 * scikit-learn do (1.2.1 decides by the codes).
 *
 * How accurate components are depends on the engine, for the covariance squares what it is made of. An engine that
 * multiplies in float32 finds the variance along every component to about a millionth of the *first* component's
 * variance; components with less than that, a thousandth of the first's singular value, are rounding noise. Two
 * components are told apart where their variances differ by more. The reference engine has 1e-15 in place of a
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
  constructor(options: PcaOptions) {
    this.#settings = {
      components: requireWholeNumber('The number of components', options.components, 1),
      whiten: options.whiten ?? false,
      oversampling: requireWholeNumber('oversampling', options.oversampling ?? 10, 0),
      iterations: requireWholeNumber('iterations', options.iterations ?? 7, 1),
      seed: requireWholeNumber('seed', options.seed ?? 0, 0),
      engine: options.engine ?? createReferenceEngine(),
    };
  }

  /**
   * Finds the components of the points.
   *
   * @param points N x D, on the host or on the engine's device; left unchanged
   * @throws {InvalidArgumentError} when there are fewer columns, or points of positive weight, than components, or
   *   weights are negative, not finite, all zero, or too small to count as points
   * @throws {ShapeError} when there is not one weight per point
   * @throws {DataError} when points are NaN or infinite, or so large that their squares are
   * @throws {UnsupportedError} when the points live on another device or exceed the engine's limits
   * @throws {DeviceError} when the device fails
   */
  async fit(points: Points, { weights, signal, onProgress }: FitOptions = {}): Promise<PcaModel> {
    const { components, engine, iterations, oversampling, seed, whiten } = this.#settings;
    requireFittable(points, weights, components, 'components');
    if (components > points.columns) {
      throw new InvalidArgumentError(
        `${components} components need at least as many columns; got ${points.columns}. Ask for fewer components.`,
      );
    }
    const size = sampleSize(points.rows, weights);
    const balanced = balanceWeights(weights);
    const { points: centered, origin } = await centerPoints(points, engine, { weights, signal });
    const session = await engine.createMatrixProducts(centered, { weights: balanced, signal });
    try {
      const { mean, variance } = await measure(session);
      await session.writeShift(mean);
      const { values, vectors } = await leadingEigenpairs(session, {
        components,
        oversampling,
        iterations,
        random: new Random(seed),
        signal,
        onPass: (completed, total) => onProgress?.({ phase: 'iterations', completed, total }),
      });
      const mass = balanced?.reduce((sum, weight) => sum + weight, 0) ?? points.rows;
      const population = values.map((value) => Math.max(0, value) / mass);
      const spectrum = describeSpectrum(population, variance, size, points.columns);
      turnPositive(vectors, components, points.columns);
      return new PcaModel(
        {
          ...spectrum,
          components: matrix(vectors, components, points.columns),
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
}

/** How many points weights stand for. */
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
 * What the variances say.
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

/** Flips each row whose value of largest magnitude (the first of equals) is negative. */
function turnPositive(vectors: Float64Array, rows: number, columns: number): void {
  for (let i = 0; i < rows; i++) {
    const row = vectors.subarray(i * columns, (i + 1) * columns);
    const largest = row.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    if (largest < 0) row.forEach((value, j) => (row[j] = -value));
  }
}
