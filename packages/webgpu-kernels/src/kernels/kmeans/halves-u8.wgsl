// Points of bytes for kernels that multiply half floats, which hold whole numbers up to 2048 exactly: bytes are used
// unscaled, and the scale is applied to their products. Put after points-u8 and before the module halves.

// Whether half floats represent the points' values exactly.
const POINTS_ARE_HALVES = true;

// The value at row * columns + column, in stored units.
fn stored_value(index: u32) -> f32 {
  return f32((points[index >> 2u] >> ((index & 3u) << 3u)) & 0xffu);
}

fn stored_unit() -> f32 {
  return (point_scale + 256.0 * point_scale_rest) * point_scale_unit;
}

// The power of two that the points are multiplied by.
fn points_exponent() -> i32 {
  return 0;
}
