import pointsF32 from '../kernels/points/points-f32.wgsl';
import pointsU8 from '../kernels/points/points-u8.wgsl';
import { withModules, type Kernel, type KernelConstants } from '../runtime/kernel.ts';

/** How points are stored on the device. */
export type PointFormat = 'f32' | 'u8';

const modules: Readonly<Record<PointFormat, string>> = { f32: pointsF32, u8: pointsU8 };

/**
 * A kernel that reads points in the given format. Its own WGSL calls `point_value(index: u32) -> f32`, names
 * its first binding `points` (read) and leaves its declaration, slot 0, to the module put before it.
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
  const leading = leadingBits(points.scale);
  return { point_scale: leading, point_scale_rest: (points.scale - leading) / 256 };
}

/** The float32 made of the first 16 significant bits of a value. */
function leadingBits(value: number): number {
  const bits = new DataView(new ArrayBuffer(4));
  bits.setFloat32(0, value);
  bits.setUint32(0, bits.getUint32(0) & 0xffffff00);
  return bits.getFloat32(0);
}
