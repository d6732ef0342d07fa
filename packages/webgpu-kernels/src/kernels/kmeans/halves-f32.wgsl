// Float points for kernels that multiply half floats: a power of two scales them to the upper range of half floats. Put
// after points-f32 and before the module halves.

// Whether half floats represent the points' values exactly.
const POINTS_ARE_HALVES = false;

// The value at row * columns + column, in stored units.
fn stored_value(index: u32) -> f32 {
  return points[index];
}

fn stored_unit() -> f32 {
  return 1.0;
}

// The power of two that the points are multiplied by.
fn points_exponent() -> i32 {
  return half_exponent(half_norms[chunk.clusters + 1u]);
}
