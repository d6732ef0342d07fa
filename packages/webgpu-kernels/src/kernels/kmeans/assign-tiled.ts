import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, type Kernel } from '../../runtime/kernel.ts';
import source from './assign-tiled.wgsl';
import { candidateBindings, candidateModules, type CandidateBinding } from './candidates.ts';
import tiledCandidates from './tiled-candidates.wgsl';

const assignTiled = defineKernel('assign-tiled', source, candidateBindings);

/** Nearest centroid (`targets`) of every point, by products. Constants: `weighted`, the points'. */
export function assignTiledKernel(format: PointFormat): Kernel<CandidateBinding> {
  return forPoints(assignTiled, format, [...candidateModules, tiledCandidates]);
}
