// Points as 32-bit floats, row-major. Put before a kernel, which declares its own bindings from slot 1 on.

@group(0) @binding(0) var<storage, read> points: array<f32>;

// The value at row * columns + column.
fn point_value(index: u32) -> f32 {
  return points[index];
}
