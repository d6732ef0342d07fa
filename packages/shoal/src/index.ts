export * from '@shoal/core';
export * from '@shoal/data';
export * from '@shoal/engines';
export * from '@shoal/manifold';
// Those of metrics; a dataset's are a kind of them.
export type { Labels } from '@shoal/core';
