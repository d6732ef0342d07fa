import {
  NO_CLUSTER,
  pointsOfHierarchy,
  ShapeError,
  type SplitTree,
  type CondensedTree,
  type Dendrogram,
  type Hierarchy,
} from '@shoal/core';
import { clustersOfNodes, NO_NODE, type SplitViewTree, type ViewTree } from './view-tree.ts';

/** The most nodes of a condensed tree. */
const MAX_NODES = 2000;
/** The most leaves of other trees. */
const MAX_LEAVES = 1024;

/**
 * The tree of a model with its most important nodes: of a condensed tree the clusters, what is above them and the largest
 * others; of other trees the highest. Points of other nodes are in the nearest one above.
 *
 * @param labels of the points, N
 * @throws {ShapeError} when the tree is of another number of points
 */
export function viewTree(hierarchy: Hierarchy, labels: Uint32Array): ViewTree {
  const places = pointsOfHierarchy(hierarchy);
  if (places !== labels.length) {
    throw new ShapeError(
      `The tree is of ${places} points, but there are ${labels.length} labels; give the tree of the points that are shown.`,
    );
  }
  switch (hierarchy.kind) {
    case 'condensed-tree':
      return condensedTree(hierarchy.tree, hierarchy.chosen);
    case 'dendrogram': {
      const { dendrogram, leafOf } = hierarchy;
      return dendrogramTree(dendrogram, leafOf, labels);
    }
    case 'splits': {
      const { tree, inertias, leafOf } = hierarchy;
      return splitsTree(tree, inertias, leafOf, labels);
    }
  }
}

function condensedTree(tree: CondensedTree, chosen: Uint32Array): ViewTree {
  const { clusters, parents } = tree;
  const kept = Array.from(keptNodes(tree, chosen)).sort((a, b) => a - b);
  const numberOf = new Map(kept.map((cluster, node) => [cluster, node]));
  // Parents come before their children, so the node above is known.
  const nodeOf = new Uint32Array(clusters);
  for (let cluster = 0; cluster < clusters; cluster++) {
    nodeOf[cluster] = numberOf.get(cluster) ?? nodeOf[parents[cluster]];
  }
  const deaths = Float32Array.from(kept, (cluster) => tree.deaths[cluster]);
  for (let cluster = 0; cluster < clusters; cluster++) {
    // A node also has the points of what is left out below it.
    if (!numberOf.has(cluster)) {
      deaths[nodeOf[cluster]] = Math.max(deaths[nodeOf[cluster]], tree.deaths[cluster]);
    }
  }
  const own = new Uint32Array(kept.length).fill(NO_CLUSTER);
  chosen.forEach((cluster, label) => {
    const node = numberOf.get(cluster);
    if (node !== undefined) own[node] = label;
  });
  return {
    kind: 'condensed-tree',
    parents: Uint32Array.from(kept, (cluster) => (cluster === 0 ? NO_NODE : nodeOf[parents[cluster]])),
    sizes: Uint32Array.from(kept, (cluster) => tree.sizes[cluster]),
    clusters: own,
    births: Float32Array.from(kept, (cluster) => tree.births[cluster]),
    deaths,
    nodes: tree.pointClusters.map((cluster) => nodeOf[cluster]),
    levels: Float32Array.from(tree.pointLevels),
  };
}

/** The clusters of a condensed tree that are kept; what is above one of them is kept, too. */
function keptNodes({ clusters, parents, sizes }: CondensedTree, chosen: Uint32Array): ReadonlySet<number> {
  const kept = new Set<number>([0]);
  for (const cluster of chosen.toSorted((a, b) => sizes[b] - sizes[a] || a - b)) {
    const path: number[] = [];
    for (let at = cluster; !kept.has(at); at = parents[at]) path.push(at);
    if (kept.size + path.length > MAX_NODES) break;
    for (const node of path) kept.add(node);
  }
  // What is above a node is at least as large, and comes before it.
  const order = Array.from({ length: clusters }, (_, cluster) => cluster).sort(
    (a, b) => sizes[b] - sizes[a] || a - b,
  );
  for (const cluster of order) {
    if (kept.size >= MAX_NODES) break;
    kept.add(cluster);
  }
  return kept;
}

function dendrogramTree(
  { leaves, left, right, heights }: Dendrogram,
  leafOf: Uint32Array | undefined,
  labels: Uint32Array,
): SplitViewTree {
  const steps = Math.min(leaves, MAX_LEAVES) - 1;
  const merges = heights.length;
  // The node that each part of the tree is, or is in.
  const nodeOf = new Uint32Array(leaves + merges);
  const parents = new Uint32Array(2 * steps + 1).fill(NO_NODE);
  const own = new Float32Array(2 * steps + 1);
  own[0] = merges === 0 ? 0 : heights[merges - 1];
  for (let step = 0; step < merges; step++) {
    const merge = merges - 1 - step;
    const above = nodeOf[leaves + merge];
    [left[merge], right[merge]].forEach((part, side) => {
      const isKept = step < steps;
      const node = isKept ? 2 * step + 1 + side : above;
      nodeOf[part] = node;
      if (!isKept) return;
      parents[node] = above;
      own[node] = part < leaves ? 0 : heights[part - leaves];
    });
  }
  const nodes = labels.map((_, point) => nodeOf[leafOf?.[point] ?? point]);
  return {
    kind: 'dendrogram',
    ...{ parents, nodes, heights: own },
    sizes: sizesOf(parents, nodes),
    clusters: clustersOfNodes({ parents, nodes }, labels),
  };
}

function splitsTree(
  full: SplitTree,
  inertias: Float64Array,
  leafOf: Uint32Array,
  labels: Uint32Array,
): SplitViewTree {
  const steps = Math.min(full.splits.length, MAX_LEAVES - 1);
  const tops = full.topsOf(steps + 1);
  const leaves = full.leaves();
  const parents = new Uint32Array(2 * steps + 1).fill(NO_NODE);
  for (let node = 1; node < parents.length; node++) parents[node] = full.splits[(node - 1) >> 1];
  const nodes = leafOf.map((leaf) => tops[leaves[leaf]]);
  return {
    kind: 'splits',
    ...{ parents, nodes, heights: Float32Array.from(inertias.subarray(0, parents.length)) },
    sizes: sizesOf(parents, nodes),
    clusters: clustersOfNodes({ parents, nodes }, labels),
  };
}

function sizesOf(parents: Uint32Array, nodes: Uint32Array): Uint32Array {
  const sizes = new Uint32Array(parents.length);
  for (const node of nodes) sizes[node]++;
  for (let node = sizes.length - 1; node > 0; node--) sizes[parents[node]] += sizes[node];
  return sizes;
}
