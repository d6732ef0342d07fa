/** Bytes of a float32, a float64 and a SIMD vector. */
export const F32: usize = 4;
export const F64: usize = 8;
export const VECTOR: usize = 16;

/** Factors that allow for the rounding of float32. */
export const UP: f64 = 1 + 1e-6;
export const DOWN: f64 = 1 - 1e-6;

/** sum + a b: fused, and so rounded once, where the build uses relaxed SIMD and the machine has the instruction. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, sum) : f32x4.add(sum, f32x4.mul(a, b));
}

/** The same on two doubles. */
// @ts-ignore: decorator
@inline
export function multiplyAddDoubles(sum: v128, a: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f64x2.relaxed_madd(a, b, sum) : f64x2.add(sum, f64x2.mul(a, b));
}

/** The two upper of four float32 lanes as doubles; `f64x2.promote_low_f32x4` gives the two lower ones. */
// @ts-ignore: decorator
@inline
export function promoteHigh(lanes: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(lanes, lanes, 2, 3, 2, 3));
}

/** The sums over the lanes of `a`, `b`, `c` and `d`, in this order. */
// @ts-ignore: decorator
@inline
export function sumLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}

/** Adds four float32 lanes to the four float64 values at `to`. */
// @ts-ignore: decorator
@inline
export function addToDoubles(to: usize, lanes: v128): void {
  v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(lanes)));
  v128.store(to, f64x2.add(v128.load(to, VECTOR), promoteHigh(lanes)), VECTOR);
}

/** One bit for each lane of `a` and then of `b` that is set. */
// @ts-ignore: decorator
@inline
export function maskOf(a: v128, b: v128): i32 {
  return i32x4.bitmask(a) | (i32x4.bitmask(b) << 4);
}
