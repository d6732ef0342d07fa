import type { CodeClustering } from '@shoal/deep-clustering';
import { HDBSCAN, KMEANS, MIXTURE, inSpace, type NamedClustering } from './clusterings.ts';
import type { Method } from './method.ts';
import { autoencoderOf, fittedInCode, NETWORK_OPTIONS } from './networks.ts';

/** An autoencoder, and clusters of its code. */
export const autoencoderMethods = [ofCode(KMEANS), ofCode(MIXTURE), ofCode(HDBSCAN)];

function ofCode(clustering: NamedClustering<CodeClustering>): Method {
  return {
    ...inSpace(clustering, 'ae', 'autoencoder'),
    options: [...clustering.options, ...NETWORK_OPTIONS, 'scaling'],
    network: true,
    async fit({ points, validation, image }, options, opened, watching) {
      const { DeepClustering } = await import('@shoal/deep-clustering');
      const { engine } = opened;
      const { scaling, seed } = options;
      const deep = new DeepClustering({
        autoencoder: await autoencoderOf(options, points, image),
        clustering: clustering.choose(options),
        scaling,
        seed,
        backend: await opened.tensorBackend(),
        engine,
      });
      return fittedInCode(await deep.fit(points, { ...watching, validation }), points, engine);
    },
    async load(state, opened) {
      const { DeepClusteringModel } = await import('@shoal/deep-clustering');
      return DeepClusteringModel.fromState(state, {
        engine: opened.engine,
        backend: await opened.tensorBackend(),
      });
    },
  };
}
