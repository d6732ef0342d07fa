import { ShapeError, type Matrix, type Points } from '@shoal/core';

/**
 * Checks what clusters are to be compact in, before what takes long.
 *
 * @throws {ShapeError} when it has not a row for each point
 */
export function requireCompactIn(compactIn: Matrix | undefined, { rows }: Points): void {
  if (compactIn && compactIn.rows !== rows) {
    throw new ShapeError(
      `There are ${rows} points, but ${compactIn.rows} rows that clusters are to be compact in; give one for each point.`,
    );
  }
}
