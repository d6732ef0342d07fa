import type { ClustererKind } from '../clusterer/clusterer.ts';
import { forClusterer } from '../gmm/for-clusterer.ts';
import { scalingKind } from '../scaling/scaling-kind.ts';
import { BayesianMixture } from './estimator.ts';
import { BayesianMixtureModel, BAYESIAN_STATE, EVIDENCE } from './model.ts';
import type { BayesianMixtureOptions } from './options.ts';

/** Settings of a Bayesian mixture inside a pipeline or sweep, which decides on seed and engine. */
export type BayesianMixtureSettings = Omit<BayesianMixtureOptions, 'seed' | 'engine'>;

/** Bayesian mixtures as a kind of clustering. */
export const bayesianMixtureKind: ClustererKind<'bayesian-gmm', BayesianMixtureSettings> = {
  method: 'bayesian-gmm',
  title: 'Bayesian mixture',
  type: BAYESIAN_STATE,
  swept: {
    withClusters: (settings, clusters) => ({ ...settings, clusters }),
    criteria: () => [],
    scalings: ({ scaling }) => (scaling ? [scalingKind(scaling)] : []),
  },
  create: (settings, place) =>
    forClusterer(new BayesianMixture({ ...settings, ...place }), EVIDENCE.name, settings.covarianceType),
  load: (state, engine) => BayesianMixtureModel.fromState(state, engine),
};
