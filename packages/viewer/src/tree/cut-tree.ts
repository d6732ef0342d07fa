import { cutAtLevel, NO_CLUSTER, type TreeCut } from '@shoal/core';
import type { CondensedViewTree, SplitViewTree } from '../data/view-tree.ts';

/** A cut of a tree: the clusters that it makes of the shown points. */
export interface ViewCut extends TreeCut {
  /** What was cut: a number of clusters of a tree of splits, or a radius. */
  readonly place: { readonly clusters: number } | { readonly radius: number };
  /** The cluster that each node of the tree is, M; `NO_CLUSTER` for nodes that are none. */
  readonly nodeClusters: Uint32Array;
}

/** The most clusters that a tree can be cut into. */
export function mostClusters({ parents }: SplitViewTree): number {
  return (parents.length + 1) / 2;
}

/** The first nodes that were divided make so many clusters; labels are in the order of the points. */
export function cutSplits(tree: SplitViewTree, clusters: number): ViewCut {
  const tops = topsOf(tree, clusters);
  const nodeClusters = new Uint32Array(tops.length).fill(NO_CLUSTER);
  let found = 0;
  const labels = tree.nodes.map((node) => {
    const top = tops[node];
    if (nodeClusters[top] === NO_CLUSTER) nodeClusters[top] = found++;
    return nodeClusters[top];
  });
  return { place: { clusters }, clusters: found, labels, nodeClusters };
}

/** The node of each node that is there after some divisions: itself, or one above it. */
function topsOf({ parents }: SplitViewTree, clusters: number): Uint32Array {
  const tops = parents.map((_, node) => node);
  for (let node = 2 * clusters - 1; node < tops.length; node++) tops[node] = tops[parents[node]];
  return tops;
}

/** The distance of the last merge that a cut into so many clusters keeps, and of the first that it undoes. */
export function heightsAround(
  { parents, heights }: SplitViewTree,
  clusters: number,
): readonly [number, number] {
  const divided = (step: number): number => heights[parents[2 * step + 1]];
  const most = (parents.length + 1) / 2;
  return [clusters < most ? divided(clusters - 1) : 0, clusters > 1 ? divided(clusters - 2) : Infinity];
}

/** The clusters at a radius; see `cutCondensed` of core. Points that have left the tree before are in none. */
export function cutAtRadius(tree: CondensedViewTree, radius: number): ViewCut {
  const { parents, births, nodes, levels } = tree;
  // The levels are float32, so that the limit has to be rounded like them.
  const level = Math.fround(1 / radius);
  const cut = cutAtLevel(
    { parents: Int32Array.from(parents), births, pointClusters: nodes, pointLevels: levels },
    level,
  );
  const nodeClusters = new Uint32Array(parents.length).fill(NO_CLUSTER);
  cut.labels.forEach((label, point) => {
    if (label === NO_CLUSTER) return;
    let node = nodes[point];
    while (node > 0 && births[node] >= level) node = parents[node];
    nodeClusters[node] = label;
  });
  return { place: { radius }, ...cut, nodeClusters };
}
