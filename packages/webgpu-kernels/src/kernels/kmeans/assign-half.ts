import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, type Kernel } from '../../runtime/kernel.ts';
import source from './assign-half.wgsl';
import { candidateBindings, type CandidateBinding } from './candidates.ts';
import { halvesModules } from './halves.ts';
import tiledCandidates from './tiled-candidates.wgsl';

const assignHalf = defineKernel('assign-half', source, candidateBindings, ['shader-f16']);

/**
 * Nearest centroid (`targets`) of every point, by products of half floats. Constants: `weighted`, `exact`, the points'.
 */
export function assignHalfKernel(format: PointFormat): Kernel<CandidateBinding> {
  return forPoints(assignHalf, format, [...halvesModules(format), tiledCandidates]);
}
