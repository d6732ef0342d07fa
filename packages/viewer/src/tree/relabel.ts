import type { ClusteringData } from '../data/types.ts';
import { withLabels } from '../data/with-labels.ts';
import { cutText } from './cut-text.ts';
import type { ViewCut } from './cut-tree.ts';

/** The same points with the labels of a cut: the map stays, and so does the tree. Counts are of the shown points. */
export async function relabel(data: ClusteringData, cut: ViewCut): Promise<ClusteringData> {
  const { labels, clusters, nodeClusters } = cut;
  const { tree, count } = data;
  const cutData = await withLabels(data, { labels, clusters });
  return {
    ...cutData,
    title: `${data.title}, cut ${cutText(cut)}`,
    total: count,
    tree: tree && { ...tree, clusters: nodeClusters },
    notes: [`The clusters are those of a cut of the tree ${cutText(cut)}.`, ...cutData.notes],
  };
}
