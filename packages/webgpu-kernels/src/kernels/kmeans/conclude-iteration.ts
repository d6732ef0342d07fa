import { defineKernel, withModules } from '../../runtime/kernel.ts';
import { packParams } from '../../runtime/params.ts';
import { groupSum } from '../common/group-sum.ts';
import source from './conclude-iteration.wgsl';
import { stateModule } from './state.ts';

/** Records the centroids' movement and decides whether later iterations run. One workgroup. */
export const concludeIterationKernel = withModules(
  defineKernel('conclude-iteration', source, {
    shifts: 'read',
    state: 'read-write',
    history: 'read-write',
    params: 'uniform',
  }),
  'f32',
  [groupSum, stateModule],
);

export function concludeIterationParams(clusters: number): ArrayBuffer {
  return packParams([['u32', clusters]]);
}
