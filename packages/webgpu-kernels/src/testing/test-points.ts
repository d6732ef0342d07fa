import { Random } from '@shoal/core';
import { pointConstants, type PointFormat } from '../points/access.ts';
import type { KernelConstants } from '../runtime/kernel.ts';

/** Seeded values with mean 0 and standard deviation 1. */
export function normals(seed: number, count: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, () => random.normal());
}

/** Points in a kernel's format, and as plain values for checks. */
export interface TestPoints {
  readonly format: PointFormat;
  /** Contents of the `points` binding. */
  readonly stored: Float32Array | Uint8Array;
  /** The value of each element. */
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly constants: KernelConstants;
}

/** Seeded points in a format; bytes have the scale 1 / 255 and are padded to whole words. */
export function testPoints(format: PointFormat, rows: number, columns: number, seed = 1): TestPoints {
  const count = rows * columns;
  const scale = format === 'u8' ? 1 / 255 : 1;
  const constants = pointConstants({ format, scale });
  if (format === 'f32') {
    const stored = normals(seed, count);
    return { format, stored, values: Float64Array.from(stored), rows, columns, constants };
  }
  const random = new Random(seed);
  const stored = new Uint8Array(Math.ceil(count / 4) * 4).map(() => random.integer(256));
  const values = Float64Array.from(stored.subarray(0, count), (byte) => byte * scale);
  return { format, stored, values, rows, columns, constants };
}

/** Squared distance between a row of `points` and a row of `targets`, in float64. */
export function squaredDistance(
  points: TestPoints,
  row: number,
  targets: ArrayLike<number>,
  target: number,
): number {
  let sum = 0;
  for (let j = 0; j < points.columns; j++) {
    const difference = points.values[row * points.columns + j] - targets[target * points.columns + j];
    sum += difference * difference;
  }
  return sum;
}

/** The largest difference between two arrays, relative to the largest expected magnitude. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]));
    difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
  }
  return difference === 0 ? 0 : difference / largest;
}
