import source from './assign-tile.wgsl';

/** The WGSL module that gives kernels `assign_tile`; after `tileDistances` and `stateModule`. */
export const assignTile = source;
