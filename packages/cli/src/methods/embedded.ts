import type { Method } from './method.ts';
import { autoencoderOf, fittedInCode, NETWORK_OPTIONS } from './networks.ts';

/** An autoencoder whose code is trained to fall into clusters. */
export const embeddedMethods = [
  together('dec', 'DEC: deep embedded clustering'),
  together('idec', 'IDEC: deep embedded clustering with reconstruction'),
];

function together(name: 'dec' | 'idec', title: string): Method {
  return {
    name,
    title,
    options: ['nInit', 'maxIterations', 'tol', ...NETWORK_OPTIONS],
    network: true,
    async fit({ points, validation, image }, options, opened, watching) {
      const { EmbeddedClustering } = await import('@shoal/deep-clustering');
      const { clusters, seed, nInit, tol: tolerance, maxIterations } = options;
      const embedded = new EmbeddedClustering({
        objective: name,
        clusters,
        autoencoder: await autoencoderOf(options, points, image),
        nInit,
        tolerance,
        maxIterations,
        seed,
        backend: await opened.tensorBackend(),
        engine: opened.engine,
      });
      const model = await embedded.fit(points, { ...watching, validation });
      return fittedInCode(model, points, opened.engine);
    },
    type: name,
    async load(state, opened) {
      const { EmbeddedClusteringModel } = await import('@shoal/deep-clustering');
      const place = { engine: opened.engine, backend: await opened.tensorBackend() };
      return EmbeddedClusteringModel.fromState(state, place);
    },
  };
}
