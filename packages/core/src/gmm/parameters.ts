import type {
  CovarianceType,
  GaussianMixtureParameters,
  GaussianMixtureSession,
} from '../engine/mixture/session.ts';
import { atOnce, type Pausable } from '../chunks.ts';
import { assertParameters } from '../engine/session-input.ts';
import { InvalidArgumentError } from '../errors.ts';
import { covarianceLength } from '../engine/arithmetic/m-step.ts';
import { precisionFactors } from '../engine/arithmetic/precisions.ts';

/** How much mirrored elements of a covariance may differ, relative to the larger one. */
const SYMMETRY_TOLERANCE = 1e-6;

/**
 * Limit on (values of the covariances) x (columns): up to it they are factored without a pause, in some tenths of a
 * second.
 */
const MOST_OPERATIONS = 5e8;

/**
 * Checks the parameters that a mixture is to start from.
 *
 * @throws {ShapeError} when an array does not fit the mixture and the points
 * @throws {InvalidArgumentError} when values are not finite, weights negative or not summing to 1, or
 *   covariances not symmetric
 * @throws {SingularCovarianceError} when a covariance is not positive definite
 */
export function* requireParameters(
  parameters: GaussianMixtureParameters,
  shape: Pick<GaussianMixtureSession, 'components' | 'columns' | 'covarianceType'>,
): Pausable<void> {
  yield* requireSymmetricParameters(parameters, shape);
  const { components, columns, covarianceType } = shape;
  yield* precisionFactors(parameters.covariances, covarianceType, components, columns);
}

/**
 * Checks parameters that were saved. For a large mixture it takes seconds to find out whether the covariances are
 * positive definite. Such a mixture is not tested here: the engine, which can pause, tests it at the first use.
 *
 * @throws like `requireParameters`
 */
export function requireSavedParameters(
  parameters: GaussianMixtureParameters,
  shape: Pick<GaussianMixtureSession, 'components' | 'columns' | 'covarianceType'>,
): void {
  const { components, columns, covarianceType } = shape;
  const operations = covarianceLength(covarianceType, components, columns) * columns;
  const check = operations > MOST_OPERATIONS ? requireSymmetricParameters : requireParameters;
  atOnce(check(parameters, shape));
}

function* requireSymmetricParameters(
  parameters: GaussianMixtureParameters,
  shape: Pick<GaussianMixtureSession, 'components' | 'columns' | 'covarianceType'>,
): Pausable<void> {
  assertParameters(parameters, shape);
  const { columns, covarianceType } = shape;
  if (covarianceType === 'full' || covarianceType === 'tied') {
    yield* requireSymmetric(parameters.covariances, columns);
  }
}

function* requireSymmetric(covariances: Float64Array, columns: number): Pausable<void> {
  for (let block = 0; block < covariances.length; block += columns * columns) {
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < i; j++) {
        const a = covariances[block + i * columns + j];
        const b = covariances[block + j * columns + i];
        if (Math.abs(a - b) > SYMMETRY_TOLERANCE * Math.max(Math.abs(a), Math.abs(b))) {
          throw new InvalidArgumentError(
            `Covariance ${block / (columns * columns)} is not symmetric: element (${i}, ${j}) is ${a} but ` +
              `(${j}, ${i}) is ${b}.`,
          );
        }
      }
    }
    yield;
  }
}

/**
 * Precisions, the inverses of covariances, in the same shape.
 *
 * @throws {SingularCovarianceError} when a covariance is not positive definite
 */
export function invertCovariances(
  covariances: Float64Array,
  type: CovarianceType,
  components: number,
  columns: number,
): Float64Array {
  const { factors } = atOnce(precisionFactors(covariances, type, components, columns));
  if (type === 'diag' || type === 'spherical') return factors.map((factor) => factor * factor);
  const precisions = new Float64Array(factors.length);
  for (let block = 0; block < factors.length; block += columns * columns) {
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j <= i; j++) {
        // (L^-T L^-1)_ij; rows of the lower triangular L^-1 above i are zero there.
        let sum = 0;
        for (let k = i; k < columns; k++) {
          sum += factors[block + k * columns + i] * factors[block + k * columns + j];
        }
        precisions[block + i * columns + j] = precisions[block + j * columns + i] = sum;
      }
    }
  }
  return precisions;
}
