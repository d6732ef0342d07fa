import { InvalidArgumentError } from '../errors.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import { requireNonNegative } from '../validation.ts';
import { NO_PARENT } from './condense.ts';
import type { TreeCut } from './dendrogram.ts';
import type { Hierarchy } from './hierarchy.ts';

/** Where a tree is cut: into a number of clusters, or at a radius. */
export type CutPlace =
  | { readonly clusters: number; readonly radius?: undefined }
  | { readonly radius: number; readonly clusters?: undefined };

/**
 * Clusters of the training points by another cut of their tree, without another fit. Dendrograms are cut into any number of
 * clusters or at a height, trees of splits into a number, condensed trees at a radius.
 *
 * @throws {InvalidArgumentError} when the tree is not cut in this way, or the number is out of range
 */
export function cutHierarchy(hierarchy: Hierarchy, { clusters, radius }: CutPlace): TreeCut {
  switch (hierarchy.kind) {
    case 'condensed-tree':
      if (radius === undefined) {
        throw new InvalidArgumentError(
          'A condensed tree is cut at a radius, because the number of its clusters rises and falls; give a radius.',
        );
      }
      return cutCondensed(hierarchy.tree, radius);
    case 'dendrogram': {
      const { dendrogram, leafOf } = hierarchy;
      const cut = clusters === undefined ? dendrogram.cutAt(radius) : dendrogram.cutInto(clusters);
      return leafOf === undefined ? cut : { ...cut, labels: leafOf.map((leaf) => cut.labels[leaf]) };
    }
    case 'splits': {
      if (clusters === undefined) {
        throw new InvalidArgumentError(
          'A tree of splits has no radius to cut it at; give a number of clusters.',
        );
      }
      const groups = hierarchy.tree.cutInto(clusters);
      return { clusters, labels: hierarchy.leafOf.map((leaf) => groups[leaf]) };
    }
  }
}

/** What a cut of a condensed tree needs of it; see `CondensedTree`. */
export interface CuttableTree {
  readonly parents: ArrayLike<number>;
  readonly births: ArrayLike<number>;
  readonly pointClusters: ArrayLike<number>;
  readonly pointLevels: ArrayLike<number>;
}

/**
 * The clusters of a condensed tree at a radius: those of DBSCAN* with as many points as the least size that the tree was
 * condensed by.
 *
 * @param radius >= 0, in the metric of the fit
 * @throws {InvalidArgumentError} when it is not
 */
export function cutCondensed(tree: CuttableTree, radius: number): TreeCut {
  requireNonNegative('The radius of a cut', radius);
  return cutAtLevel(tree, 1 / radius);
}

/**
 * The same at a level, 1 / radius.
 *
 * @param level > 0, or infinite
 */
export function cutAtLevel(
  { parents, births, pointClusters, pointLevels }: CuttableTree,
  level: number,
): TreeCut {
  // The cluster that each one is part of at this level: the last one above it that has begun.
  const at = Uint32Array.from(births, (_, cluster) => cluster);
  for (let cluster = 0; cluster < at.length; cluster++) {
    if (parents[cluster] !== NO_PARENT && births[cluster] >= level) at[cluster] = at[parents[cluster]];
  }
  const labelOf = new Map<number, number>();
  const labels = Uint32Array.from({ length: pointClusters.length }, (_, point) => {
    if (pointLevels[point] < level) return NO_CLUSTER;
    const cluster = at[pointClusters[point]];
    const label = labelOf.get(cluster) ?? labelOf.size;
    labelOf.set(cluster, label);
    return label;
  });
  return { clusters: labelOf.size, labels };
}
