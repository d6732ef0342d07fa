import { contingencyFromCounts, type Contingency } from '@shoal/core';
import type { Classes } from './types.ts';

/** How many rows of each class are in each cluster, as core's measures take it; classes are labeled 0, 1, ... */
export function contingencyOf({ names, counts }: Classes, clusters: number): Contingency {
  const classes = names.length;
  return contingencyFromCounts(
    names.map((_, row) => Array.from({ length: clusters }, (_, cluster) => counts[cluster * classes + row])),
  );
}
