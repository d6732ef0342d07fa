import { F32, VECTOR } from './simd';

// Lists of the bits that are set in masks of eight, without a branch for each bit: which ones are set cannot be foreseen, and
// each wrong guess of a processor would cost more than the sums that made the mask.

/** Of each mask, its set bits in ascending order: eight u16 each, of which the first ones count. */
export let bitTable: usize = 0;

/** Writes the table. */
export function tabulateBits(): void {
  for (let mask: usize = 0; mask < 256; mask++) {
    let to = bitTable + mask * VECTOR;
    for (let bits = <i32>mask; bits !== 0; bits &= bits - 1) {
      store<u16>(to, <u16>ctz(bits));
      to += 2;
    }
  }
}

/** Appends `base` plus the number of each set bit as u16; `to` needs room for eight. Returns where the list ends. */
// @ts-ignore: decorator
@inline
export function appendShort(to: usize, mask: i32, base: i32): usize {
  v128.store(to, i16x8.add(bitsOf(mask), i16x8.splat(<i16>base)));
  return to + 2 * <usize>popcnt(mask);
}

/** The same as u32. */
// @ts-ignore: decorator
@inline
export function appendLong(to: usize, mask: i32, base: i32): usize {
  const bits = bitsOf(mask);
  const bases = i32x4.splat(base);
  v128.store(to, i32x4.add(i32x4.extend_low_i16x8_u(bits), bases));
  v128.store(to, i32x4.add(i32x4.extend_high_i16x8_u(bits), bases), VECTOR);
  return to + F32 * <usize>popcnt(mask);
}

// @ts-ignore: decorator
@inline
function bitsOf(mask: i32): v128 {
  return v128.load(bitTable + <usize>mask * VECTOR);
}
