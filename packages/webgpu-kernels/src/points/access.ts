import pointsF32 from '../kernels/points/points-f32.wgsl';
import pointsU8 from '../kernels/points/points-u8.wgsl';
import { withModules, type Kernel, type KernelConstants } from '../runtime/kernel.ts';

/** How points are stored on the device. */
export type PointFormat = 'f32' | 'u8';

const modules: Readonly<Record<PointFormat, string>> = { f32: pointsF32, u8: pointsU8 };

/**
 * A kernel that reads points in the given format. Its own WGSL calls `point_value(index: u32) -> f32`. Its first binding is
 * `points` (read) at slot 0, which the module before it declares.
 */
export function forPoints<Binding extends string>(
  kernel: Kernel<Binding>,
  format: PointFormat,
  more: readonly string[] = [],
): Kernel<Binding> {
  return withModules(kernel, format, [modules[format], ...more]);
}

/** The constants that the format's module declares. */
export function pointConstants(points: { format: PointFormat; scale: number }): KernelConstants {
  if (points.format === 'f32') return {};
  const unit = scaleUnit(points.scale);
  const scale = points.scale / unit;
  const leading = leadingBits(scale);
  return { point_scale: leading, point_scale_rest: (scale - leading) / 256, point_scale_unit: unit };
}

/**
 * The power of two in units of which a scale has 24 bits before the point, as far as it is a normal float32: scales below
 * 2^-103 lose their last bits, but the squares of such values are zeros anyway.
 */
function scaleUnit(scale: number): number {
  const exponent = scale === 0 ? 0 : Math.floor(Math.log2(Math.abs(scale))) - 23;
  return 2 ** Math.max(-126, Math.min(126, exponent));
}

/** A value truncated to its first 16 significant bits, as float32. */
function leadingBits(value: number): number {
  const bits = new DataView(new ArrayBuffer(4));
  bits.setFloat32(0, value);
  bits.setUint32(0, bits.getUint32(0) & 0xffffff00);
  return bits.getFloat32(0);
}
