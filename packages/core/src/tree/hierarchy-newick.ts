import type { SplitTree } from '../bisecting-kmeans/split-tree.ts';
import type { Hierarchy } from './hierarchy.ts';
import type { Merges } from './merges.ts';
import { newickOf, type NewickOptions } from './newick.ts';

/**
 * A tree in the Newick format, with all merges or splits. Its leaves are training points, micro-clusters, or the clusters of
 * bisecting k-means from the left; lengths of branches are differences of distances, or of inertias.
 */
export function hierarchyNewick(hierarchy: Hierarchy, options: NewickOptions = {}): string {
  return hierarchy.kind === 'splits'
    ? newickOf(splitMerges(hierarchy.tree, hierarchy.inertias), options)
    : hierarchy.dendrogram.toNewick(options);
}

/** Splits from the last to the first, as merges. */
function splitMerges(tree: SplitTree, inertias: Float64Array): Merges {
  const { splits, nodes } = tree;
  const leaves = tree.leaves();
  const count = splits.length;
  const partOf = new Uint32Array(nodes);
  leaves.forEach((node, leaf) => {
    partOf[node] = leaf;
  });
  const [left, right] = [new Uint32Array(count), new Uint32Array(count)];
  const heights = new Float64Array(count);
  for (let m = 0; m < count; m++) {
    const split = count - 1 - m;
    left[m] = partOf[2 * split + 1];
    right[m] = partOf[2 * split + 2];
    heights[m] = inertias[splits[split]];
    partOf[splits[split]] = leaves.length + m;
  }
  return { left, right, heights };
}
