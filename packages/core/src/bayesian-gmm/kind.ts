import type { ClustererKind } from '../clusterer/clusterer.ts';
import { scalingKind } from '../scaling/scaling-kind.ts';
import { BayesianMixture } from './estimator.ts';
import { BayesianMixtureModel, BAYESIAN_STATE } from './model.ts';
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
  create(settings, place) {
    const estimator = new BayesianMixture({ ...settings, ...place });
    return {
      fit: ({ points, weights }, { signal, onProgress } = {}) =>
        estimator.fit(points, { weights, signal, onProgress }),
    };
  },
  load: (state, engine) => BayesianMixtureModel.fromState(state, engine),
};
