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
  return points.format === 'u8' ? { point_scale: points.scale } : {};
}
