import { NO_PARENT, type CondensedTree } from './condense.ts';

/** Clusters of the tree without children, ascending. */
export function leavesOf({ clusters, parents }: CondensedTree): number[] {
  const divided = new Uint8Array(clusters);
  for (const parent of parents) if (parent !== NO_PARENT) divided[parent] = 1;
  return Array.from(divided.keys()).filter((cluster) => divided[cluster] === 0);
}
