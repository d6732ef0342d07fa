import { defineKernel, withModules } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { groupSum } from '../common/group-sum.ts';
import source from './conclude.wgsl';
import { stateModule } from './state.ts';

const paramsStruct = defineParams('Params', {
  partials: 'u32',
  clusters: 'u32',
  columns: 'u32',
  unit: 'u32',
  hasSums: 'u32',
  norms: 'u32',
});

/** Records an iteration, moves the centroids and decides whether later iterations run. It takes one workgroup. */
export const concludeKernel = withModules(
  defineKernel('conclude', source, {
    partials: 'read',
    sums: 'read',
    state: 'read-write',
    history: 'read-write',
    centroids: 'read-write',
    halfNorms: 'read-write',
    params: paramsStruct,
  }),
  'f32',
  [groupSum, stateModule],
);

/** Inputs of `conclude`. */
export interface Conclusion {
  /** Number of partial results of the assignment. */
  readonly partials: number;
  readonly clusters: number;
  readonly columns: number;
  /** Rescale each centroid to unit length. */
  readonly unit: boolean;
  /** Whether `sums` belong to this assignment; if not, the assignment is only recorded. */
  readonly hasSums: boolean;
  /** Update half the squared lengths of the centroids, for kernels that assign by products. */
  readonly norms: boolean;
}

export function concludeParams({
  partials,
  clusters,
  columns,
  unit,
  hasSums,
  norms,
}: Conclusion): ArrayBuffer {
  return paramsStruct.pack({ partials, clusters, columns, unit, hasSums, norms });
}
