import { defineKernel, withModules } from '../../runtime/kernel.ts';
import { packParams } from '../../runtime/params.ts';
import { massModule } from './mass.ts';
import source from './sample-rows.wgsl';

/** Draws rows in proportion to their mass, given that of each block. One workgroup. Constants: `weighted`. */
export const sampleRowsKernel = withModules(
  defineKernel('sample-rows', source, {
    weights: 'read',
    seedDistances: 'read',
    blocks: 'read',
    uniforms: 'read',
    drawn: 'read-write',
    params: 'uniform',
  }),
  'f32',
  [massModule],
);

/**
 * @param seeded whether there are seeds already
 * @param draws number of uniforms
 */
export function sampleRowsParams(rows: number, seeded: boolean, draws: number): ArrayBuffer {
  return packParams([
    ['u32', rows],
    ['u32', seeded ? 1 : 0],
    ['u32', draws],
  ]);
}
