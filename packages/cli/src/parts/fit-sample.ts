import { gatherPartedRows, matrix, Random, type Matrix, type PartedPoints } from '@shoal/core';

/** The most rows that a method which needs all points at once is fitted to. */
const MOST_ROWS = 100_000;
/** The sample's share of the memory: what a fit has beside its points may take ten times as much. */
const SAMPLES_IN_MEMORY = 32;
const BYTES_PER_VALUE = 8;

/** A random sample of points in parts, in the order of their rows; all of them when they are few. */
export async function samplePoints(
  points: PartedPoints,
  memory: number,
  seed: number,
  signal: AbortSignal,
): Promise<Matrix> {
  const { rows, columns } = points;
  const held = Math.floor(memory / SAMPLES_IN_MEMORY / (BYTES_PER_VALUE * columns));
  const count = Math.min(rows, MOST_ROWS, Math.max(1, held));
  const drawn =
    count === rows ? Uint32Array.from({ length: rows }, (_, i) => i) : new Random(seed).distinct(count, rows);
  const values = await gatherPartedRows(points, drawn.sort(), signal);
  return matrix(values, count, columns);
}
