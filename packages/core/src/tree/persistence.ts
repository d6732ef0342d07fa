import { NO_CLUSTER } from '../no-cluster.ts';
import type { CondensedTree } from './condense.ts';

/**
 * The mean over all points of how much of its way through the tree a point spends in its cluster: (level at which it
 * leaves - level at which the cluster begins) / level at which it leaves; 0 for noise. From 0 to 1.
 *
 * @param chosen clusters of the tree in the order of their labels
 * @param labels N values
 */
export function persistenceOf(tree: CondensedTree, chosen: Uint32Array, labels: Uint32Array): number {
  const { births, pointLevels } = tree;
  let sum = 0;
  labels.forEach((label, point) => {
    if (label !== NO_CLUSTER) sum += 1 - births[chosen[label]] / pointLevels[point];
  });
  return sum / labels.length;
}
