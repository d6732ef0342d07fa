import { DataError, InvalidArgumentError, ShapeError } from './errors.ts';
import { requirePoints, type Points } from './matrix.ts';
import { shown, type NumberArray } from './number-array.ts';
import { areParted, type PartedPoints } from './parts/parted-points.ts';
import { requireWeights } from './sample-weights.ts';

/** @throws {InvalidArgumentError} unless `value` is a whole number of at least `minimum` */
export function requireWholeNumber(name: string, value: number, minimum: number): number {
  if (!Number.isSafeInteger(value) || value < minimum) {
    throw new InvalidArgumentError(
      `${name} must be a whole number of at least ${minimum}; got ${shown(value)}.`,
    );
  }
  return value;
}

/** @throws {InvalidArgumentError} unless `value` is a finite number of at least 0 */
export function requireNonNegative(name: string, value: number): number {
  if (!Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError(`${name} must be a finite number of at least 0; got ${shown(value)}.`);
  }
  return value;
}

/** @throws {InvalidArgumentError} unless `value` is a finite number above 0 */
export function requirePositive(name: string, value: number): number {
  if (!Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError(`${name} must be a finite number above 0; got ${shown(value)}.`);
  }
  return value;
}

/** @throws {InvalidArgumentError} unless `value` is a number from 0 to 1 */
export function requireShare(name: string, value: number): number {
  if (!(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError(`${name} must be a number from 0 to 1; got ${shown(value)}.`);
  }
  return value;
}

/** @throws {InvalidArgumentError} unless `value` is one of `choices` */
export function requireOneOf<T extends string>(name: string, value: T, choices: readonly T[]): T {
  if (!choices.includes(value)) {
    throw new InvalidArgumentError(`${name} must be one of ${choices.join(', ')}; got ${value}.`);
  }
  return value;
}

/**
 * Checks a result of an engine for finite points: squares of distances may be too large for its numbers.
 *
 * @param what what was computed, to begin the message with
 * @throws {DataError} when it is NaN or infinite
 */
export function requireNoOverflow(what: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new DataError(
    `${what} became ${value}; the values are too large or too far apart. ` +
      "Scale the columns first (scaling: 'standardize').",
  );
}

/**
 * Checks points that a fitted model is about to use. The engine checks later that they are finite, because it reads
 * them anyway.
 *
 * @throws {InvalidArgumentError} when they are not points
 * @throws {ShapeError} when they have another number of columns than the model
 */
export function requireUsable(points: Points, columns: number): void {
  requirePoints(points);
  if (points.columns !== columns) {
    throw new ShapeError(
      `The model was fitted to ${columns} columns but the points have ${points.columns}; ` +
        'pass points with the same columns, in the same order.',
    );
  }
}

/**
 * Checks points to fit and their weights, and that they can fill `groups` clusters or components. The engine checks
 * later that points are finite, because it reads them anyway.
 *
 * @param noun how the caller calls its groups: "clusters" or "components"
 * @returns the weights as engines take them
 * @throws {ShapeError} when there is not one weight per point
 * @throws {InvalidArgumentError} when points are not points, weights are not numbers, negative, not finite or all zero,
 *   or when there are fewer points (of positive weight) than groups
 */
export function requireFittable(
  points: Points | PartedPoints,
  sampleWeights: NumberArray | undefined,
  groups: number,
  noun: 'clusters' | 'components',
): Float32Array | undefined {
  if (!areParted(points)) requirePoints(points);
  const weights = requireWeights(sampleWeights, points.rows);
  const usable = weights ? weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0) : points.rows;
  if (usable < groups) {
    throw new InvalidArgumentError(
      `${groups} ${noun} need at least as many points${weights ? ' of positive weight' : ''}; got ${usable}. ` +
        `Ask for fewer ${noun} or pass more points.`,
    );
  }
  return weights;
}
