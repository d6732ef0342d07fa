import source from './assign-tile.wgsl';

/** The WGSL module that gives kernels `assign_tile`; after `tileDistances` and `stateModule`. */
export const assignTile = source;

/** The first bindings of kernels that use it. */
export const assignBindings = {
  points: 'read',
  targets: 'read',
  weights: 'read',
  state: 'read',
  labels: 'read-write',
  distances: 'read-write',
  partials: 'read-write',
} as const;
