import source from './hash.wgsl';

/** The WGSL module that gives kernels `hash32`, as core has it. */
export const hashModule = source;
