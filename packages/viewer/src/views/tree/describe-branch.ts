import type { ClusteringData } from '../../data/types.ts';
import type { ViewTree } from '../../data/view-tree.ts';
import { countOf } from '../../interaction/describe.ts';
import { clusterName } from '../../interaction/groups.ts';
import { branchPlace } from '../../tree/branch-place.ts';

/** A branch of a tree in words: "Cluster 3, 1,203 rows, distance 0.52 to 0.21". */
export function describeBranch(data: ClusteringData, tree: ViewTree, branch: number): string {
  const cluster = tree.clusters[branch];
  const name = cluster < data.clusters ? clusterName(data, cluster) : branch === 0 ? 'All rows' : 'Branch';
  return [name, countOf(tree.sizes[branch], 'row'), ...branchPlace(tree, branch)].join(', ');
}
