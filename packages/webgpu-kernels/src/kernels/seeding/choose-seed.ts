import { defineKernel } from '../../runtime/kernel.ts';
import { packParams } from '../../runtime/params.ts';
import source from './choose-seed.wgsl';

/** Appends the best of the candidates to the seeds. One workgroup. */
export const chooseSeedKernel = defineKernel('choose-seed', source, {
  potentials: 'read',
  drawn: 'read',
  candidates: 'read',
  seeds: 'read-write',
  seed: 'read-write',
  params: 'uniform',
});

export function chooseSeedParams(candidates: number, columns: number): ArrayBuffer {
  return packParams([
    ['u32', candidates],
    ['u32', columns],
  ]);
}
