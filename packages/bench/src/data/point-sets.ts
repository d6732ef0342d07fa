import { gatherRows, matrix, Random, type Matrix } from '@shoal/core';

/** Independent standard normal numbers, float32. */
export function noise(rows: number, columns: number, seed: number): Matrix {
  const random = new Random(seed);
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < data.length; i++) data[i] = random.normal();
  return matrix(data, rows, columns);
}

export interface BlobOptions {
  readonly rows: number;
  readonly columns: number;
  readonly centres: number;
  /** Standard deviation of the centres' coordinates; that of the points around their centre is 1. */
  readonly spread: number;
  readonly seed: number;
}

/**
 * Overlapping blobs, float32: centres ~ N(0, spread^2 I) are drawn first, then each point draws its centre, all
 * equally likely, and adds N(0, I).
 */
export function blobs({ rows, columns, centres, spread, seed }: BlobOptions): {
  readonly points: Matrix;
  readonly labels: Uint32Array;
} {
  const random = new Random(seed);
  const middles = Float64Array.from({ length: centres * columns }, () => spread * random.normal());
  const data = new Float32Array(rows * columns);
  const labels = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) {
    const label = (labels[i] = random.integer(centres));
    for (let j = 0; j < columns; j++) {
      data[i * columns + j] = middles[label * columns + j] + random.normal();
    }
  }
  return { points: matrix(data, rows, columns), labels };
}

/** `count` different random rows, float32: a start that everyone can be given. */
export function startingRows(points: Matrix, count: number, seed: number): Matrix {
  const rows = new Random(seed).distinct(count, points.rows);
  return matrix(Float32Array.from(gatherRows(points, rows)), count, points.columns);
}
