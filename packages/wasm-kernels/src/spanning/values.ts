import type { Matrix } from '@shoal/core';

/** Differences of greater float32 values may overflow when they are squared. */
const MAX_FLOAT = 1e18;

/** Values as the kernels hold them. */
export interface HeldValues {
  readonly data: Uint8Array | Float32Array | Float64Array;
  /** The factor that they are multiplied by. */
  readonly scale: number;
}

/**
 * Bytes stay bytes, and float64 values become float32 when none of them changes: what the kernels compute has the same bits, and
 * less memory is read.
 *
 * @param reach a bound of the distances of the points from their middle
 */
export function holdValues({ data, scale }: Matrix, reach: number): HeldValues {
  const square = scale * scale;
  if (square === 0 || square === Infinity) {
    return { data: Float64Array.from(data, (value) => value * scale), scale: 1 };
  }
  if (data instanceof Uint8Array) return { data, scale };
  if (reach / Math.abs(scale) > MAX_FLOAT) return { data: Float64Array.from(data), scale };
  if (data instanceof Float32Array) return { data, scale };
  return {
    data: data.every((value) => Math.fround(value) === value) ? Float32Array.from(data) : data,
    scale,
  };
}
