import type { ClusteringData } from '../../data/types.ts';
import type { ViewTree } from '../../data/view-tree.ts';
import { countOf } from '../../interaction/describe.ts';
import { clusterName } from '../../interaction/groups.ts';
import { quantity } from '../shared/format.ts';

/** A branch of a tree in words: "Cluster 3, 1,203 rows, distance 0.52 to 0.21". */
export function describeBranch(data: ClusteringData, tree: ViewTree, branch: number): string {
  const cluster = tree.clusters[branch];
  const name = cluster < data.clusters ? clusterName(data, cluster) : branch === 0 ? 'All rows' : 'Branch';
  return [name, countOf(tree.sizes[branch], 'row'), ...placeOf(tree, branch)].join(', ');
}

function placeOf(tree: ViewTree, branch: number): readonly string[] {
  switch (tree.kind) {
    case 'condensed-tree': {
      const end = quantity(1 / tree.deaths[branch], 3);
      if (branch === 0) return [`until distance ${end}`];
      return [`distance ${quantity(1 / tree.births[branch], 3)} to ${end}`];
    }
    case 'dendrogram': {
      const height = tree.heights[branch];
      return height === 0 ? [] : [`joined at distance ${quantity(height, 3)}`];
    }
    case 'splits':
      return [`inertia ${quantity(tree.heights[branch], 3)}`];
  }
}
