import type { EmbeddingClustering } from '@shoal/manifold';
import {
  BAYESIAN,
  BISECTING,
  CUT,
  HDBSCAN,
  KMEANS,
  MINIBATCH,
  MIXTURE,
  SIZED,
  type NamedClustering,
} from './clusterings.ts';
import { EMBEDDING_OPTIONS, embeddingOf, spaceOfEmbedding } from './embedding.ts';
import { fitted, type Method } from './method.ts';

/** UMAP, and clusters of the embedding. */
export const umapMethods = [
  ofEmbedding(KMEANS),
  ofEmbedding(MIXTURE),
  ofEmbedding(CUT),
  ofEmbedding(MINIBATCH),
  ofEmbedding(SIZED),
  ofEmbedding(BISECTING),
  ofEmbedding(BAYESIAN),
  ofEmbedding(HDBSCAN),
];

function ofEmbedding({
  name,
  title,
  options: own,
  choose,
  metrics,
  findsClusters,
}: NamedClustering<EmbeddingClustering>): Method {
  return {
    name: `umap-${name}`,
    title: `UMAP and ${title}`,
    options: [...own, ...EMBEDDING_OPTIONS, 'pca'],
    metrics,
    findsClusters,
    async fit({ points, described: compactIn }, options, { engine }, watching) {
      const { UmapClustering } = await import('@shoal/manifold');
      const { pca: principalComponents, seed } = options;
      const clustering = choose(options);
      const settings = { ...embeddingOf(options), clustering, principalComponents, seed, engine };
      const model = await new UmapClustering(settings).fit(points, { ...watching, compactIn });
      return fitted(model, { clustering: model.clustering, space: spaceOfEmbedding(model) });
    },
    type: `umap-${name}`,
    async load(state, { engine }) {
      const { UmapClusteringModel } = await import('@shoal/manifold');
      return UmapClusteringModel.fromState(state, engine);
    },
  };
}
