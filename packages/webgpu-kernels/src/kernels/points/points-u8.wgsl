// Points as bytes, row-major, four to a word (the first in the lowest bits), never expanded in memory.
// Put before a kernel, which declares its own bindings from slot 1 on.

// Factor that turns a byte into a value.
override point_scale: f32 = 1.0;

@group(0) @binding(0) var<storage, read> points: array<u32>;

// The value at row * columns + column.
fn point_value(index: u32) -> f32 {
  return f32((points[index >> 2u] >> ((index & 3u) << 3u)) & 0xffu) * point_scale;
}
