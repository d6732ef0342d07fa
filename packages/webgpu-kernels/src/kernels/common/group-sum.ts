import source from './group-sum.wgsl';

/** The WGSL module that gives kernels `group_sum`, a fixed-order sum over a workgroup of 256 threads. */
export const groupSum = source;
