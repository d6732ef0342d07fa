import { defineKernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './choose-seed.wgsl';

const paramsStruct = defineParams('Params', { candidates: 'u32', columns: 'u32' });

/** Appends the best of the candidates to the seeds. One workgroup. */
export const chooseSeedKernel = defineKernel('choose-seed', source, {
  potentials: 'read',
  drawn: 'read',
  candidates: 'read',
  seeds: 'read-write',
  seed: 'read-write',
  params: paramsStruct,
});

export function chooseSeedParams(candidates: number, columns: number): ArrayBuffer {
  return paramsStruct.pack({ candidates, columns });
}
