import { DataError, InvalidArgumentError, ShapeError } from '@shoal/core';
import type { HistorySeries } from './types.ts';

/** @throws {ShapeError} when there is not one of `what` per point */
export function requireLength(what: string, length: number, points: number): void {
  if (length !== points) {
    throw new ShapeError(`There are ${points} labels but ${length} ${what}; every point needs one of each.`);
  }
}

/** @throws {InvalidArgumentError} when a limit is not a whole number of at least 1 */
export function requireLimit(what: string, value: number): number {
  if (!(Number.isSafeInteger(value) && value >= 1) && value !== Infinity) {
    throw new InvalidArgumentError(`${what} is a whole number of at least 1, or Infinity; got ${value}.`);
  }
  return value;
}

/** @throws {DataError} when a series contains a value that cannot be drawn or saved */
export function requireHistory(history: readonly HistorySeries[]): readonly HistorySeries[] {
  for (const { name, step, values } of history) {
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) {
      throw new DataError(
        `The history of "${name}" is ${values[wrong]} at ${step} ${wrong + 1}; it takes finite numbers.`,
      );
    }
  }
  return history;
}
