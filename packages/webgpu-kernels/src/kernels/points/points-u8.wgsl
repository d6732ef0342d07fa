// Points as bytes, row-major, four to a word (the first in the lowest bits), never expanded in memory.
// Put before a kernel, which declares its own bindings from slot 1 on.
//
// Every kernel sees the same value, byte * factor rounded once, as on the host, however a compiler fuses and reorders
// what is done with it. The factor comes in units of a power of two in which its products with bytes round to whole
// numbers, and in two parts, the first with 16 significant bits, so that a byte times it is exact. The rest multiplies
// 256 * byte, another number to compilers, which would factor byte * a + byte * b. `floor` changes no whole number, but
// keeps compilers from drawing the sum into a kernel's next addition, which would be another rounding; a power of two
// leaves nothing to round.

// Leading part of the factor that turns a byte into a value, and what is left of it, divided by 256; both in units.
override point_scale: f32 = 1.0;
override point_scale_rest: f32 = 0.0;
override point_scale_unit: f32 = 1.0;

@group(0) @binding(0) var<storage, read> points: array<u32>;

// The value at row * columns + column.
fn point_value(index: u32) -> f32 {
  let byte = (points[index >> 2u] >> ((index & 3u) << 3u)) & 0xffu;
  return floor(f32(byte) * point_scale + f32(byte << 8u) * point_scale_rest) * point_scale_unit;
}
