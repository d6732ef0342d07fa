import { NO_CLUSTER } from '../no-cluster.ts';
import { leavesOf } from './leaves-of.ts';
import type { CondensedTree } from './condense.ts';

/**
 * The points that stay longest in each leaf of the tree below a chosen cluster: one cluster may have several dense places.
 *
 * @param labelOf label at each cluster of the tree; see `TreeLabels`
 * @param clusters number of labels
 * @returns for each label its points, ascending
 */
export function exemplarsOf(
  tree: CondensedTree,
  labelOf: Uint32Array,
  clusters: number,
): readonly Uint32Array[] {
  const { pointClusters, pointLevels, deaths } = tree;
  const isLeaf = new Uint8Array(tree.clusters);
  for (const leaf of leavesOf(tree)) isLeaf[leaf] = 1;
  const found = Array.from({ length: clusters }, (): number[] => []);
  pointClusters.forEach((cluster, point) => {
    const label = labelOf[cluster];
    const isExemplar = isLeaf[cluster] === 1 && pointLevels[point] === deaths[cluster];
    if (label !== NO_CLUSTER && isExemplar) found[label].push(point);
  });
  return found.map((points) => Uint32Array.from(points));
}
