import type { ClustererKind } from '../clusterer/clusterer.ts';
import { scalingKind } from '../scaling/scaling-kind.ts';
import { forClusterer } from './for-clusterer.ts';
import { GaussianMixture } from './gaussian-mixture.ts';
import { GaussianMixtureModel, LIKELIHOOD, MIXTURE_STATE } from './model.ts';
import type { GaussianMixtureOptions } from './types.ts';

/** Settings of a mixture inside a pipeline or sweep, which decides on seed and engine. */
export type GaussianMixtureSettings = Omit<GaussianMixtureOptions, 'seed' | 'engine'>;

/** Gaussian mixtures as a kind of clustering. */
export const mixtureKind: ClustererKind<'gmm', GaussianMixtureSettings> = {
  method: 'gmm',
  title: 'Gaussian mixture',
  type: MIXTURE_STATE,
  swept: {
    withClusters: (settings, clusters) => ({ ...settings, clusters }),
    criteria: () => ['bic', 'aic'],
    scalings: ({ scaling }) => (scaling ? [scalingKind(scaling)] : []),
  },
  create: (settings, place) =>
    forClusterer(new GaussianMixture({ ...settings, ...place }), LIKELIHOOD.name, settings.covarianceType),
  load: (state, engine) => GaussianMixtureModel.fromState(state, engine),
};
