import {
  AgglomerativeClustering,
  BisectingKMeans,
  createReferenceEngine,
  Hdbscan,
  matrix,
  Random,
} from '@shoal/core';
import { buildClustering } from '../../../src/data/build-clustering.ts';
import type { ClusteringData } from '../../../src/data/types.ts';

/** Which clustering has the tree. */
export type PlantedTree = 'hdbscan' | 'agglomerative' | 'bisecting';

/** Three heaps of 60 points each and 12 points between them, clustered by a method that has a tree. */
export async function plantTree(method: PlantedTree, count = 192): Promise<ClusteringData> {
  const random = new Random(4);
  const data = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const heap = i % 16 === 15 ? 3 : i % 3;
    const spread = heap === 3 ? 3 : 0.4;
    data[2 * i] = [0, 4, 8, 4][heap] + spread * random.normal();
    data[2 * i + 1] = [0, 3, 0, 1][heap] + spread * random.normal();
  }
  const points = matrix(data, count, 2);
  const engine = createReferenceEngine();
  const model =
    method === 'hdbscan'
      ? await new Hdbscan({ minClusterSize: 8, engine }).fit(points)
      : method === 'agglomerative'
        ? await new AgglomerativeClustering({ clusters: 3, engine }).fit(points)
        : await new BisectingKMeans({ clusters: 6, engine, seed: 1 }).fit(points);
  const classes = { labels: Array.from({ length: count }, (_, i) => i % 3), names: ['a', 'b', 'c'] };
  const { labels, clusters, hierarchy } = model;
  return buildClustering({ points, labels, clusters, hierarchy, classes, title: method });
}
