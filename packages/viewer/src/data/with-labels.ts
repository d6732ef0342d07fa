import { ShapeError } from '@shoal/core';
import { countOf, integer } from '../interaction/describe.ts';
import { buildClustering, type ClusteringInput } from './build-clustering.ts';
import { countClusters } from './labels.ts';
import type { ClusteringData } from './types.ts';

/** A cluster for each shown point. */
export type LabelsInput = Pick<ClusteringInput, 'labels' | 'clusters' | 'clusterNames'>;

/**
 * The same points on the same map, in other clusters. Cards, counts and classes are those of the new clusters, over the shown
 * points; what the fit before said of points and clusters is left out.
 *
 * @throws {ShapeError} when there is not one label for each point
 * @throws {InvalidArgumentError} as `buildClustering` does
 */
export async function withLabels(shown: ClusteringData, input: LabelsInput): Promise<ClusteringData> {
  const { labels, clusters = countClusters(labels), clusterNames } = input;
  const { count, total, positions, classes } = shown;
  if (labels.length !== count) {
    throw new ShapeError(
      `There is a cluster for each of the ${countOf(count, 'shown point')}; got ${countOf(labels.length, 'label')}.`,
    );
  }
  const built = await buildClustering({
    ...{ labels, clusters, clusterNames, positions },
    classes: classes && { labels: classes.labels, names: classes.names },
    most: Infinity,
  });
  const { summaries, model, classes: counted, notes } = built;
  return {
    ...shown,
    ...{ labels: built.labels, clusters, clusterNames, summaries, model, classes: counted },
    clusterTraits: undefined,
    probabilities: undefined,
    distances: undefined,
    moved: undefined,
    tree: undefined,
    history: [],
    metrics: {},
    title: '',
    notes: [
      ...(count < total
        ? [`Clusters are counted in the ${integer(count)} shown of ${countOf(total, 'row')}.`]
        : []),
      ...notes,
    ],
  };
}
