import { gatherRows, type Matrix } from '../matrix.ts';
import type { ProgressListener } from '../progress.ts';
import type { TreeEdges } from '../tree/linkage.ts';
import { WardClusters } from './ward-clusters.ts';
import { findNearestClusters, type WardPlace } from './ward-search.ts';

/**
 * Ward's linkage by centroids, without a matrix of distances: in each round all pairs of clusters that are each other's
 * nearest are merged (reciprocal nearest neighbors: Murtagh, "A survey of recent advances in hierarchical clustering
 * algorithms", The Computer Journal 26(4), 1983). Memory is linear in N.
 *
 * @param points N x D
 * @param sizes how many points each one stands for, N values
 * @returns one edge for each merge; see `linkage`
 * @throws the signal's reason when it is aborted
 */
export async function wardTree(
  points: Matrix,
  sizes: Float64Array,
  place: WardPlace,
  onProgress?: ProgressListener,
): Promise<TreeEdges> {
  const total = points.rows - 1;
  const clusters = new WardClusters(aboutTheirMean(points), sizes.slice());
  while (clusters.merges < total) {
    onProgress?.({ phase: 'merges', completed: clusters.merges, total });
    await findNearestClusters(clusters, place);
    clusters.mergePairs();
  }
  return clusters.edges;
}

/** The points less their mean, in float64: an engine rounds what is near 0 least. */
function aboutTheirMean(points: Matrix): Float64Array {
  const { rows, columns } = points;
  const values = gatherRows(
    points,
    Uint32Array.from({ length: rows }, (_, i) => i),
  );
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let at = j; at < values.length; at += columns) sum += values[at];
    const mean = sum / rows;
    for (let at = j; at < values.length; at += columns) values[at] -= mean;
  }
  return values;
}
