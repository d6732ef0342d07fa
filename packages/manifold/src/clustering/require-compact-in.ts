import { ShapeError, type Matrix, type Points } from '@shoal/core';

/**
 * Checks the points in which clusters are to be compact, before the long work.
 *
 * @throws {ShapeError} when they do not have one row for each point
 */
export function requireCompactIn(compactIn: Matrix | undefined, { rows }: Points): void {
  if (compactIn && compactIn.rows !== rows) {
    throw new ShapeError(
      `There are ${rows} points, but ${compactIn.rows} rows that clusters are to be compact in; give one for each point.`,
    );
  }
}
