import { defineKernel, withModules } from '../../runtime/kernel.ts';
import { packParams } from '../../runtime/params.ts';
import { groupSum } from '../common/group-sum.ts';
import source from './conclude-assignment.wgsl';
import { stateModule } from './state.ts';

/** Adds up an assignment's partial results into the history; halts on an empty cluster. One workgroup. */
export const concludeAssignmentKernel = withModules(
  defineKernel('conclude-assignment', source, {
    partials: 'read',
    sums: 'read',
    state: 'read-write',
    history: 'read-write',
    params: 'uniform',
  }),
  'f32',
  [groupSum, stateModule],
);

/** @param hasSums whether `sums` belong to this assignment, so that empty clusters can be told */
export function concludeAssignmentParams(
  partials: number,
  clusters: number,
  columns: number,
  hasSums: boolean,
): ArrayBuffer {
  return packParams([
    ['u32', partials],
    ['u32', clusters],
    ['u32', columns + 1],
    ['u32', hasSums ? 1 : 0],
  ]);
}
