// All exports of the module. One instance serves one thread of one session: the host sets the sizes and addresses of the
// session's arrays, then calls the functions for ranges of points.
export * from './points';
export * from './summaries';
export * from './tuning';
export * from './centers';
export * from './keys';
export * from './fixed-sums';
export * from './fixed-moments';
export * from './bounds';
export * from './assignment';
export * from './candidates';
export * from './seeding';
export * from './distances';
export * from './tile';
export * from './mixture';
export * from './moments';
export * from './products';
export * from './neighbors';
export * from './layout';
export * from './sketches';
export * from './space-tree';
export * from './leaf-blocks';
export * from './float-blocks';
export * from './word-blocks';
export * from './near-lists';
export * from './spanning';
export * from './radius';
