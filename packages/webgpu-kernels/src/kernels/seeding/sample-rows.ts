import { defineKernel, withModules } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { massModule } from './mass.ts';
import source from './sample-rows.wgsl';

const paramsStruct = defineParams('Params', { rows: 'u32', seeded: 'u32', draws: 'u32' });

/** Draws rows in proportion to their mass, given the mass of each block. It takes one workgroup. Constants: `weighted`. */
export const sampleRowsKernel = withModules(
  defineKernel('sample-rows', source, {
    weights: 'read',
    seedDistances: 'read',
    blocks: 'read',
    uniforms: 'read',
    drawn: 'read-write',
    params: paramsStruct,
  }),
  'f32',
  [massModule],
);

/**
 * @param seeded whether there are seeds already
 * @param draws number of uniform random numbers
 */
export function sampleRowsParams(rows: number, seeded: boolean, draws: number): ArrayBuffer {
  return paramsStruct.pack({ rows, seeded, draws });
}
