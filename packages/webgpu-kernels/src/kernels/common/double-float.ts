import source from './double-float.wgsl';

/** The WGSL module that gives kernels double-floats. */
export const doubleFloat = source;

/** A value as the sum of two float32, the second at most half an ulp of the first. */
export function splitDouble(value: number): readonly [high: number, low: number] {
  const high = Math.fround(value);
  return [high, Math.fround(value - high)];
}

/** Values as pairs of float32: the double-floats of WGSL's `array<vec2f>`. */
export function packDoubles(values: ArrayLike<number>): Float32Array {
  const pairs = new Float32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) pairs.set(splitDouble(values[i]), 2 * i);
  return pairs;
}

/** The inverse of `packDoubles`. */
export function unpackDoubles(pairs: Float32Array): Float64Array {
  return Float64Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i] + pairs[2 * i + 1]);
}
