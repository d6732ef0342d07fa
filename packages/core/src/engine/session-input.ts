import { covarianceLength } from './arithmetic/m-step.ts';
import type { GaussianMixtureParameters, GaussianMixtureSession } from './mixture/session.ts';
import { InvalidArgumentError, ShapeError } from '../errors.ts';
import { assertFinite, type Matrix } from '../matrix.ts';
import { kindOf } from '../number-array.ts';

/**
 * Checks a number of clusters or components. It may exceed the number of points: a fitted model predicts for a single
 * point too.
 *
 * @throws {InvalidArgumentError} when it is not a whole number of at least 1
 */
export function assertCount(what: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError(`${what} must be a whole number >= 1; got ${count}.`);
  }
}

/**
 * Checks sample weights of a session. Estimators also take other arrays of numbers, and convert them first.
 *
 * @throws {ShapeError} when there is not one weight per point
 * @throws {InvalidArgumentError} when they are not a `Float32Array`, a weight is negative or not finite, or all are
 *   zero
 */
export function assertWeights(weights: Float32Array | undefined, rows: number): void {
  if (weights === undefined) return;
  requireFloat32('Sample weights', weights);
  if (weights.length !== rows) {
    throw new ShapeError(
      `There are ${rows} points but ${weights.length} sample weights; give one per point.`,
    );
  }
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const weight = weights[i];
    if (!(weight >= 0 && weight < Infinity)) {
      throw new InvalidArgumentError(
        `Sample weight ${i} is ${weight}; weights must be finite and not negative.`,
      );
    }
    sum += weight;
  }
  if (sum === 0) throw new InvalidArgumentError('All sample weights are 0; at least one point must count.');
}

/** Without this check a device would read the bytes of any other array as float32. */
function requireFloat32(what: string, values: unknown): void {
  if (values instanceof Float32Array) return;
  throw new InvalidArgumentError(`${what} must be a Float32Array in a session; got ${kindOf(values)}.`);
}

/**
 * Checks that an array given to a session has the length that its shape needs.
 *
 * @throws {ShapeError}
 */
export function assertLength(what: string, array: ArrayLike<number>, expected: number): void {
  if (array.length !== expected) {
    throw new ShapeError(`${what} must hold ${expected} values; got ${array.length}.`);
  }
}

/**
 * Checks the arguments of `drawSeeds`.
 *
 * @returns the number of seeds to draw
 * @throws {InvalidArgumentError} when `trials` is not a whole number of at least 1
 * @throws {ShapeError} when there are not `trials` uniforms for each seed
 */
export function assertTrials(uniforms: Float64Array, trials: number): number {
  assertCount('The number of trials', trials);
  if (uniforms.length % trials !== 0) {
    throw new ShapeError(
      `Each seed takes ${trials} uniform numbers; ${uniforms.length} are not enough for a whole number of seeds.`,
    );
  }
  return uniforms.length / trials;
}

/**
 * Checks row indices given to a session.
 *
 * @throws {InvalidArgumentError} when one is outside `[0, rows)`
 */
export function assertRowIndices(indices: ArrayLike<number>, rows: number): void {
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i];
    if (!Number.isSafeInteger(row) || row < 0 || row >= rows) {
      throw new InvalidArgumentError(`Row ${row} does not exist; there are ${rows} rows.`);
    }
  }
}

/**
 * Checks mixture parameters given to a session: lengths, finite values, weights that sum to 1. Factoring them shows
 * later whether the covariances are positive definite.
 *
 * @throws {ShapeError}
 * @throws {InvalidArgumentError}
 */
export function assertParameters(
  parameters: GaussianMixtureParameters,
  shape: Pick<GaussianMixtureSession, 'components' | 'columns' | 'covarianceType'>,
): void {
  const { components, columns, covarianceType } = shape;
  const { weights, means, covariances } = parameters;
  assertLength('The mixture weights', weights, components);
  assertLength('The means', means, components * columns);
  assertLength(
    `The ${covarianceType} covariances`,
    covariances,
    covarianceLength(covarianceType, components, columns),
  );
  for (const [name, values] of Object.entries({ weights, means, covariances })) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) {
      throw new InvalidArgumentError(
        `Value ${at} of the mixture's ${name} is ${values[at]}; all must be finite.`,
      );
    }
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.some((weight) => weight < 0) || Math.abs(sum - 1) > 1e-5) {
    throw new InvalidArgumentError(
      `Mixture weights must not be negative and must sum to 1; they sum to ${sum}.`,
    );
  }
}

/**
 * Checks the number of neighbors against the number of points.
 *
 * @throws {InvalidArgumentError} when there are not as many other points
 */
export function assertNeighbors(neighbors: number, rows: number): void {
  assertCount('The number of neighbors', neighbors);
  if (neighbors >= rows) {
    throw new InvalidArgumentError(
      `${neighbors} neighbors need at least ${neighbors + 1} points; there are ${rows}. Ask for fewer.`,
    );
  }
}

/**
 * Checks other points whose neighbors are searched for.
 *
 * @param columns of the searched points
 * @throws {ShapeError} when they have another number of columns
 * @throws {DataError} when a value is not finite
 */
export function assertQueries(queries: Matrix, columns: number): void {
  if (queries.columns !== columns) {
    throw new ShapeError(
      `Queries have ${queries.columns} columns but the searched points have ${columns}; they must match.`,
    );
  }
  assertFinite(queries);
}

/**
 * Checks the neighbor that gives core distances.
 *
 * @throws {InvalidArgumentError} unless it is a whole number from 0 to `rows - 1`
 */
export function assertSamples(minSamples: number, rows: number): void {
  if (Number.isSafeInteger(minSamples) && minSamples >= 0 && minSamples < rows) return;
  throw new InvalidArgumentError(
    `minSamples must be a whole number from 0 to ${rows - 1}, one less than the points; got ${minSamples}.`,
  );
}

/**
 * Checks the components of points.
 *
 * @throws {ShapeError} when there is not one for each row
 * @throws {InvalidArgumentError} when a component is not below `count`, one has no row, or there are fewer than two
 */
export function assertComponents(components: Uint32Array, count: number, rows: number): void {
  assertLength('The components', components, rows);
  if (!Number.isSafeInteger(count) || count < 2) {
    throw new InvalidArgumentError(`Edges need at least 2 components; got ${count}.`);
  }
  const isFilled = new Uint8Array(count);
  for (let row = 0; row < rows; row++) {
    if (components[row] >= count) {
      throw new InvalidArgumentError(
        `Row ${row} has the component ${components[row]}; there are only ${count}, from 0 on.`,
      );
    }
    isFilled[components[row]] = 1;
  }
  const empty = isFilled.indexOf(0);
  if (empty >= 0)
    throw new InvalidArgumentError(`Component ${empty} has no row; number components without gaps.`);
}

/**
 * Checks a squared radius.
 *
 * @throws {InvalidArgumentError} unless it is a finite number of at least 0
 */
export function assertSquare(square: number): void {
  if (square >= 0 && square < Infinity) return;
  throw new InvalidArgumentError(`A squared radius must be a finite number >= 0; got ${square}.`);
}
