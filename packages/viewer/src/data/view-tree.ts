import { NO_CLUSTER } from '@shoal/core';

/** The parent of the root. */
export const NO_NODE = 0xffffffff;

/**
 * The tree that clusters were taken from, with the most important of its nodes, M of them. Node 0 is the root, with all rows;
 * parents come before their children.
 */
export type ViewTree = CondensedViewTree | SplitViewTree;

interface ViewTreeNodes {
  /** Parent of each node, M; `NO_NODE` for the root. */
  readonly parents: Uint32Array;
  /** Number of clustered rows in each node, M. */
  readonly sizes: Uint32Array;
  /** The cluster that each node is, M; `NO_CLUSTER` for nodes that are none. */
  readonly clusters: Uint32Array;
  /** The last node that each shown point is in, N. */
  readonly nodes: Uint32Array;
}

/** HDBSCAN's tree: a node loses points while the level rises, and may divide. A level is 1 / distance. */
export interface CondensedViewTree extends ViewTreeNodes {
  readonly kind: 'condensed-tree';
  /** Level at which each node begins, M; 0 for the root. */
  readonly births: Float32Array;
  /** Level at which each node loses its last point or divides, M; infinite where points are equal. */
  readonly deaths: Float32Array;
  /** Level at which each shown point leaves its last node, N; infinite for equal points. */
  readonly levels: Float32Array;
}

/**
 * Steps in which one node is divided in two: those of a dendrogram from the top down, or of bisecting k-means. Step s makes the
 * nodes 2 s + 1 and 2 s + 2.
 */
export interface SplitViewTree extends ViewTreeNodes {
  readonly kind: 'dendrogram' | 'splits';
  /** Of a dendrogram the distance at which the parts of each node were merged, 0 for a single row; else its inertia; M. */
  readonly heights: Float32Array;
}

/** The tree of fewer points, by their numbers. */
export function takeTreePoints(tree: ViewTree, points: Uint32Array): ViewTree {
  const nodes = points.map((point) => tree.nodes[point]);
  if (tree.kind !== 'condensed-tree') return { ...tree, nodes };
  return { ...tree, nodes, levels: Float32Array.from(points, (point) => tree.levels[point]) };
}

/**
 * Which nodes are clusters: those whose points all have one label, unless those of their parent have it too.
 *
 * @param labels of the points, N
 */
export function clustersOfNodes(
  { parents, nodes }: Pick<ViewTree, 'parents' | 'nodes'>,
  labels: Uint32Array,
): Uint32Array {
  const MIXED = NO_CLUSTER - 1;
  const EMPTY = NO_CLUSTER - 2;
  const own = new Uint32Array(parents.length).fill(EMPTY);
  const add = (node: number, label: number): void => {
    if (own[node] === EMPTY) own[node] = label;
    else if (own[node] !== label && label !== EMPTY) own[node] = MIXED;
  };
  nodes.forEach((node, point) => {
    add(node, labels[point]);
  });
  for (let node = parents.length - 1; node > 0; node--) add(parents[node], own[node]);
  return own.map((label, node) => {
    const isPart = node > 0 && own[parents[node]] === label;
    return label >= EMPTY || isPart ? NO_CLUSTER : label;
  });
}
