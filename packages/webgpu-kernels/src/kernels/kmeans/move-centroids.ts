import { defineKernel, linearGrid, withModules, type Grid } from '../../runtime/kernel.ts';
import { packParams } from '../../runtime/params.ts';
import { groupSum } from '../common/group-sum.ts';
import source from './move-centroids.wgsl';
import { stateModule } from './state.ts';

/** Centroids from the sums (K x (D + 1)) of their points. */
export const moveCentroidsKernel = withModules(
  defineKernel('move-centroids', source, {
    sums: 'read',
    state: 'read',
    centroids: 'read-write',
    shifts: 'read-write',
    params: 'uniform',
  }),
  'f32',
  [groupSum, stateModule],
);

/** @param unit rescale each centroid to unit length */
export function moveCentroidsParams(columns: number, clusters: number, unit: boolean): ArrayBuffer {
  return packParams([
    ['u32', columns],
    ['u32', clusters],
    ['u32', unit ? 1 : 0],
  ]);
}

/** One workgroup per cluster. */
export function moveCentroidsGrid(clusters: number): Grid {
  return linearGrid(clusters);
}
