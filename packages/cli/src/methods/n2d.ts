import type { EmbeddingClustering } from '@shoal/manifold';
import { CUT, MIXTURE, type NamedClustering } from './clusterings.ts';
import { EMBEDDING_OPTIONS, embeddingOf, spaceOfEmbedding } from './embedding.ts';
import { fitted, type Method } from './method.ts';
import { autoencoderOf, NETWORK_OPTIONS, trainingOf } from './networks.ts';

/** Autoencoders, UMAP of their codes, and clusters of the embedding. */
export const n2dMethods = [
  ofCodes('n2d', 'N2D: autoencoder, UMAP and Gaussian mixture', MIXTURE),
  ofCodes('n2d-cut', 'Autoencoder, UMAP and balanced cut', CUT),
];

function ofCodes(
  name: string,
  title: string,
  { options: own, choose }: NamedClustering<EmbeddingClustering>,
): Method {
  return {
    name,
    title,
    options: [...own, ...EMBEDDING_OPTIONS, ...NETWORK_OPTIONS, 'members'],
    network: true,
    async fit({ points, validation, described: compactIn, image }, options, opened, watching) {
      const { N2d } = await import('@shoal/deep-clustering');
      const { members, seed } = options;
      const n2d = new N2d({
        ...embeddingOf(options),
        clustering: choose(options),
        autoencoder: await autoencoderOf(options, points, image),
        members,
        seed,
        backend: await opened.tensorBackend(),
        engine: opened.engine,
      });
      const model = await n2d.fit(points, { ...watching, validation, compactIn });
      return fitted(model, {
        clustering: model.clustering.clustering,
        // They differ only by their seeds.
        autoencoder: trainingOf(model.autoencoders[0]),
        space: spaceOfEmbedding(model),
      });
    },
    type: 'n2d',
    async load(state, opened) {
      const { N2dModel } = await import('@shoal/deep-clustering');
      return N2dModel.fromState(state, { engine: opened.engine, backend: await opened.tensorBackend() });
    },
  };
}
