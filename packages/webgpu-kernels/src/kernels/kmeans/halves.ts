import type { PointFormat } from '../../points/access.ts';
import { candidateModules } from './candidates.ts';
import halvesF32 from './halves-f32.wgsl';
import halvesU8 from './halves-u8.wgsl';
import source from './halves.wgsl';

const points: Readonly<Record<PointFormat, string>> = { f32: halvesF32, u8: halvesU8 };

/** The WGSL modules of kernels that find candidates by products of half floats. */
export function halvesModules(format: PointFormat): readonly string[] {
  return [...candidateModules, points[format], source];
}
