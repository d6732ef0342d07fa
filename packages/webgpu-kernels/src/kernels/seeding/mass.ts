import source from './mass.wgsl';

/** The WGSL module that gives kernels `row_mass`. */
export const massModule = source;

/** Rows to a block: what one entry of `blocks` stands for. */
export const MASS_BLOCK = 256;
