import { defineKernel, type Grid } from '../../runtime/kernel.ts';
import { blockSource, BOUND_ROWS, type EmBlock } from './em-types.ts';
import source from './normalize-responsibilities.wgsl';

/** Log-densities to responsibilities, in place, with log-likelihoods on the way.
 * Constants: `weighted` (the bound counts `weights`), `record` (keep `logLikelihoods` and `labels`). */
export const normalizeResponsibilitiesKernel = defineKernel(
  'normalize-responsibilities',
  blockSource(source),
  {
    weights: 'read',
    state: 'read',
    responsibilities: 'read-write',
    logLikelihoods: 'read-write',
    labels: 'read-write',
    partials: 'read-write',
    block: 'uniform',
  },
);

/** A workgroup per 256 rows. */
export function normalizeResponsibilitiesGrid({ rows }: Pick<EmBlock, 'rows'>): Grid {
  return [Math.ceil(rows / BOUND_ROWS), 1];
}
