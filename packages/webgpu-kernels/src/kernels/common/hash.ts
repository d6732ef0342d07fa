import source from './hash.wgsl';

/** The WGSL module that gives kernels core's `hash32`. */
export const hashModule = source;
