// Points as bytes, row-major, four to a word (the first in the lowest bits), never expanded in memory.
// Put before a kernel, which declares its own bindings from slot 1 on.
//
// Every kernel sees the same value as the host, byte * factor rounded once, even if a compiler fuses and reorders the
// operations that follow. The factor is in units of a power of two in which its products with bytes round to whole numbers.
// It has two parts, the first with 16 significant bits, so that its product with a byte is exact. The rest multiplies 256 *
// byte, a different number to compilers, because they would factor byte * a + byte * b. `floor` does not change a whole
// number, but prevents compilers from fusing the sum with a kernel's next addition, which would change the rounding. The
// multiplication by a power of two is exact.

// Leading part of the factor from a byte to a value, and the rest divided by 256; both in units.
override point_scale: f32 = 1.0;
override point_scale_rest: f32 = 0.0;
override point_scale_unit: f32 = 1.0;

@group(0) @binding(0) var<storage, read> points: array<u32>;

// The value at row * columns + column.
fn point_value(index: u32) -> f32 {
  let byte = (points[index >> 2u] >> ((index & 3u) << 3u)) & 0xffu;
  return floor(f32(byte) * point_scale + f32(byte << 8u) * point_scale_rest) * point_scale_unit;
}
