import source from './mass.wgsl';

/** The WGSL module that gives kernels `row_mass`. */
export const massModule = source;

/** Rows of a block, the unit of `blocks`. */
export const MASS_BLOCK = 256;
