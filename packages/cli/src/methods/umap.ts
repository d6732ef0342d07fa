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
  inSpace,
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

function ofEmbedding(clustering: NamedClustering<EmbeddingClustering>): Method {
  return {
    ...inSpace(clustering, 'umap', 'UMAP'),
    options: [...clustering.options, ...EMBEDDING_OPTIONS, 'pca'],
    async fit({ points, described: compactIn }, options, { engine }, watching) {
      const { UmapClustering } = await import('@shoal/manifold');
      const { pca: principalComponents, seed } = options;
      const umap = new UmapClustering({
        ...embeddingOf(options),
        clustering: clustering.choose(options),
        principalComponents,
        seed,
        engine,
      });
      const model = await umap.fit(points, { ...watching, compactIn });
      return fitted(model, { clustering: model.clustering, space: spaceOfEmbedding(model) });
    },
    async load(state, { engine }) {
      const { UmapClusteringModel } = await import('@shoal/manifold');
      return UmapClusteringModel.fromState(state, engine);
    },
  };
}
