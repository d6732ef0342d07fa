// Operands of half floats for kernels that find candidates by products: values times a power of two that scales the largest
// to 2^14 ... 2^15, rounded to the 11 bits of a half. Put after halves-f32 or halves-u8 and the module candidates, and
// before a kernel that declares the rounding of its operands (QUANTUM) and of its sums (ADDITIONS).
//
// Rounding. With X = |x|, C = the largest |c|, M = the largest magnitude of a point's value (both at least 2^-46, so
// that powers of two do not overflow), u = 2^-24:
// - A value is rounded to nearest here, so that the rounding of devices does not matter: by at most 2^-11 of itself. A
//   device may flush halves below 2^-14: by at most 2^-28 of M or C. So the error of a product of rounded vectors is at most
//   QUANTUM X C + 2^-27 sqrt(D) (X C + M C), where QUANTUM is above 2^-11 for each vector that was rounded.
// - Products of halves have 22 bits and are exact. The error of their sum is at most 4 ADDITIONS D u X C.
// - Units, half norms, the score's subtraction and both distances of `assign` add u (D / 16 + 20) (X + C)^2 at most.
// Twice all of that, for two scores, is the bound; X C is at most (X + C)^2 / 4.

const SMALLEST = 1.4210855e-14;

// What points and centroids are multiplied by, and their products afterwards.
var<private> points_power: f32;
var<private> targets_power: f32;
var<private> products_unit: f32;

// 2^exponent, for exponents of normal floats.
fn power_of_two(exponent: i32) -> f32 {
  return bitcast<f32>(u32(exponent + 127) << 23u);
}

// The exponent of the power of two that scales a magnitude to 2^14 ... 2^15; at most 60.
fn half_exponent(magnitude: f32) -> i32 {
  let exponent = i32((bitcast<u32>(magnitude) >> 23u) & 0xffu) - 127;
  return min(14 - exponent, 60);
}

fn largest_norm() -> f32 {
  return sqrt(2.0 * half_norms[chunk.clusters]);
}

// Sets the powers of two; call it before anything else.
fn prepare_halves() {
  let points_by = points_exponent();
  let targets_by = half_exponent(largest_norm());
  points_power = power_of_two(points_by);
  targets_power = power_of_two(targets_by);
  products_unit = stored_unit() * power_of_two(-points_by) * power_of_two(-targets_by);
}

// The leading 11 bits of values, rounded to nearest; they fit half floats, and the remainder is exact in float32.
fn leading_bits(values: vec4f) -> vec4f {
  return bitcast<vec4f>((bitcast<vec4u>(values) + vec4u(0x1000u)) & vec4u(0xffffe000u));
}

// Up to four values of a column, from a row on, scaled to the range of halves: zeros past the last row and column.
fn stored_quad(row: u32, column: u32, tile: Tile) -> vec4f {
  var quad = vec4f();
  if (column < tile.columns) {
    for (var i = 0u; i < 4u; i++) {
      if (row + i < tile.rows) {
        quad[i] = stored_value((row + i) * tile.columns + column) * points_power;
      }
    }
  }
  return quad;
}

fn score(half_norm: f32, product: f32) -> f32 {
  return fma(-product, products_unit, half_norm);
}

fn score_bound(x: f32, c: f32) -> f32 {
  let columns = f32(chunk.columns);
  let flushed = 7.4505806e-9 * sqrt(columns) * (x * max(c, SMALLEST) + max(half_norms[chunk.clusters + 1u], SMALLEST) * c);
  let summed = UNIT_ROUNDOFF * ((ADDITIONS + 0.0625) * columns + 20.0) * (x + c) * (x + c);
  return 2.0 * (QUANTUM * x * c + flushed + summed);
}
