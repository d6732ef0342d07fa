export * from '@shoal/core';
export * from '@shoal/data';
export * from '@shoal/engines';
export * from '@shoal/manifold';
export * from '@shoal/tables';
// Core and data both export `Labels`; this is the type of metrics, of which labels of a dataset are a special case.
export type { Labels } from '@shoal/core';
