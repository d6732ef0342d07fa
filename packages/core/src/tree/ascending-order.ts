/** Bits of one pass of the sort. */
const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;
/** A float64 has four of them. */
const PASSES = 4;

/**
 * The order that sorts numbers ascending; equal ones stay in their order. It is a radix sort of their bits, because the
 * bits of floats of at least 0 are ordered as the floats are: time and memory are linear.
 *
 * @param values finite, >= 0, N values
 * @returns the indices of the values, N of them
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const digits = new Uint16Array(values.buffer, values.byteOffset, values.length * PASSES);
  let order = Uint32Array.from(values, (_, i) => i);
  let next = new Uint32Array(values.length);
  for (let pass = 0; pass < PASSES; pass++) {
    const starts = new Uint32Array(DIGITS + 1);
    for (let i = 0; i < values.length; i++) starts[digits[i * PASSES + pass] + 1]++;
    for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1] += starts[digit];
    for (const i of order) next[starts[digits[i * PASSES + pass]]++] = i;
    [order, next] = [next, order];
  }
  return order;
}
