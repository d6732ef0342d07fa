import { NO_CLUSTER } from '../no-cluster.ts';
import { NO_PARENT, type CondensedTree } from './condense.ts';

/** What is known of the points once clusters are chosen. */
export interface LabeledPoints {
  /** The chosen clusters in the order of their labels, K numbers of the tree. */
  readonly chosen: Uint32Array;
  /** Label of each point, N values from 0 to K - 1 in the order of first appearance, or `NO_CLUSTER`. */
  readonly labels: Uint32Array;
  /** How long each point stays in its cluster compared with the last one that leaves, 0 to 1; 0 for noise; N values. */
  readonly probabilities: Float64Array;
}

/** Places of the tree, and the label of each. */
export interface TreeLabels {
  /** The label at each cluster of the tree, C values: its own or that of the chosen cluster above it, or `NO_CLUSTER`. */
  readonly labelOf: Uint32Array;
  /** Points that leave the root before this level are noise, even if the root is the one cluster. */
  readonly leastLevel: number;
}

/**
 * Labels points by the chosen cluster that they belong to.
 *
 * @param chosen numbers in the tree
 * @param epsilon see `SelectionSettings`; it decides which points belong to a single cluster
 */
export function labelPoints(tree: CondensedTree, chosen: Uint32Array, epsilon: number): LabeledPoints {
  const { pointClusters, pointLevels, deaths } = tree;
  const { labelOf, leastLevel } = labelTree(tree, chosen, epsilon);
  const order: number[] = [];
  const renamed = new Map<number, number>();
  const labels = pointClusters.map((cluster, point) => {
    const label = pointLevels[point] < leastLevel ? NO_CLUSTER : labelOf[cluster];
    if (label === NO_CLUSTER) return NO_CLUSTER;
    if (!renamed.has(label)) renamed.set(label, order.push(chosen[label]) - 1);
    return renamed.get(label)!;
  });
  const probabilities = Float64Array.from(labels, (label, point) =>
    label === NO_CLUSTER ? 0 : shareOf(pointLevels[point], deaths[order[label]]),
  );
  return { chosen: Uint32Array.from(order), labels, probabilities };
}

/** The label at each cluster of the tree; labels are places in `chosen`. */
export function labelTree(
  { clusters, parents, deaths }: CondensedTree,
  chosen: Uint32Array,
  epsilon: number,
): TreeLabels {
  const labelOf = new Uint32Array(clusters).fill(NO_CLUSTER);
  chosen.forEach((cluster, label) => {
    labelOf[cluster] = label;
  });
  for (let cluster = 0; cluster < clusters; cluster++) {
    const parent = parents[cluster];
    if (labelOf[cluster] === NO_CLUSTER && parent !== NO_PARENT) labelOf[cluster] = labelOf[parent];
  }
  const isSingle = labelOf[0] !== NO_CLUSTER;
  return { labelOf, leastLevel: isSingle ? (epsilon > 0 ? 1 / epsilon : deaths[0]) : 0 };
}

/** A level as a share of the level at which a cluster ends, 0 to 1. */
export function shareOf(level: number, death: number): number {
  return death === 0 || level >= death ? 1 : level / death;
}
