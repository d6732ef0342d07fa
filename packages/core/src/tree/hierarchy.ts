import type { SplitTree } from '../bisecting-kmeans/split-tree.ts';
import type { CondensedTree } from './condense.ts';
import type { Dendrogram } from './dendrogram.ts';

/** The tree that clusters were taken from, and the place of each training point in it. */
export type Hierarchy =
  | {
      readonly kind: 'condensed-tree';
      readonly tree: CondensedTree;
      /** The chosen clusters in the order of their labels, K numbers of the tree. */
      readonly chosen: Uint32Array;
      /** The merges that the tree was made of; its leaves are the training points. */
      readonly dendrogram: Dendrogram;
    }
  | {
      readonly kind: 'dendrogram';
      readonly dendrogram: Dendrogram;
      /** The leaf of each training point, N values; absent when points are leaves. */
      readonly leafOf?: Uint32Array | undefined;
    }
  | {
      readonly kind: 'splits';
      readonly tree: SplitTree;
      /** Inertia of the points of each node about its center, 2 K - 1 values. */
      readonly inertias: Float64Array;
      /** The leaf of the tree, from the left, that each training point is in, N values: its cluster. */
      readonly leafOf: Uint32Array;
    };

/** Number of training points of a tree. */
export function pointsOfHierarchy(hierarchy: Hierarchy): number {
  if (hierarchy.kind === 'condensed-tree') return hierarchy.tree.pointClusters.length;
  if (hierarchy.kind === 'splits') return hierarchy.leafOf.length;
  return hierarchy.leafOf?.length ?? hierarchy.dendrogram.leaves;
}

/**
 * The same tree for other points, each of which is at the place of a training point.
 *
 * @param places the training point of each point, M values
 */
export function hierarchyOf(hierarchy: Hierarchy, places: Uint32Array): Hierarchy {
  switch (hierarchy.kind) {
    case 'condensed-tree': {
      const { tree } = hierarchy;
      const pointClusters = places.map((place) => tree.pointClusters[place]);
      const pointLevels = Float64Array.from(places, (place) => tree.pointLevels[place]);
      return { ...hierarchy, tree: { ...tree, pointClusters, pointLevels } };
    }
    case 'dendrogram':
      return { ...hierarchy, leafOf: places.map((place) => hierarchy.leafOf?.[place] ?? place) };
    case 'splits':
      return { ...hierarchy, leafOf: places.map((place) => hierarchy.leafOf[place]) };
  }
}
