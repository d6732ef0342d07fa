import type { Method } from './method.ts';
import { autoencoderOf, fittedInCode, NETWORK_OPTIONS } from './networks.ts';

/** Columns of its code: a few are enough for Gaussians, and faster. */
const CODE_COLUMNS = 10;

/** A variational autoencoder, and the mixture of its code. */
export const vadeMethod: Method = {
  name: 'vade',
  title: 'VaDE: variational deep embedding',
  options: ['nInit', 'maxIterations', ...NETWORK_OPTIONS],
  network: true,
  async fit({ points, validation, image }, options, opened, watching) {
    const { Vade } = await import('@shoal/deep-clustering');
    const { clusters, seed, nInit, maxIterations, layers } = options;
    const autoencoder = await autoencoderOf(options, points, image);
    const vade = new Vade({
      clusters,
      autoencoder: {
        ...autoencoder,
        layers: layers ?? [...autoencoder.layers.slice(0, -1), CODE_COLUMNS],
      },
      epochs: maxIterations,
      nInit,
      seed,
      backend: await opened.tensorBackend(),
      engine: opened.engine,
    });
    const model = await vade.fit(points, { ...watching, validation });
    return fittedInCode(model, points, opened.engine);
  },
  type: 'vade',
  async load(state, opened) {
    const { VadeModel } = await import('@shoal/deep-clustering');
    return VadeModel.fromState(state, { engine: opened.engine, backend: await opened.tensorBackend() });
  },
};
