import type { Tensor } from '@shoal/core';
import type { ViewTree } from './view-tree.ts';

/** A tree as tensors of a view's file; `decodeTree` reads them back. */
export function encodeTree(tree: ViewTree): Readonly<Record<string, Tensor>> {
  const { parents, sizes, clusters, nodes } = tree;
  const ofNodes = { shape: [parents.length] };
  const ofPoints = { shape: [nodes.length] };
  return {
    tree_parents: { data: parents, ...ofNodes },
    tree_sizes: { data: sizes, ...ofNodes },
    tree_clusters: { data: clusters, ...ofNodes },
    tree_nodes: { data: nodes, ...ofPoints },
    ...(tree.kind === 'condensed-tree'
      ? {
          tree_births: { data: tree.births, ...ofNodes },
          tree_deaths: { data: tree.deaths, ...ofNodes },
          tree_levels: { data: tree.levels, ...ofPoints },
        }
      : { tree_heights: { data: tree.heights, ...ofNodes } }),
  };
}
