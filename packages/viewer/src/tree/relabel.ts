import { buildClustering } from '../data/build-clustering.ts';
import type { ClusteringData } from '../data/types.ts';
import { countOf, integer } from '../interaction/describe.ts';
import { cutText } from './cut-text.ts';
import type { ViewCut } from './cut-tree.ts';

/**
 * The same points with the labels of a cut: the map stays, and cards, counts and classes are those of the new clusters. Counts
 * are of the shown points.
 */
export async function relabel(data: ClusteringData, cut: ViewCut): Promise<ClusteringData> {
  const { labels, clusters, nodeClusters } = cut;
  const { count, total, positions, classes, tree } = data;
  const built = await buildClustering({
    ...{ labels, clusters, positions },
    classes: classes && { labels: classes.labels, names: classes.names },
    most: Infinity,
  });
  return {
    ...data,
    ...{ labels, clusters, summaries: built.summaries, model: built.model, classes: built.classes },
    title: `${data.title}, cut ${cutText(cut)}`,
    total: count,
    clusterNames: undefined,
    clusterTraits: undefined,
    tree: tree && { ...tree, clusters: nodeClusters },
    history: [],
    metrics: {},
    notes: [
      `The clusters are those of a cut of the tree ${cutText(cut)}.`,
      ...(count < total
        ? [`They are counted in the ${integer(count)} shown of ${countOf(total, 'row')}.`]
        : []),
      ...built.notes,
    ],
  };
}
