import type { ClustererKind } from '../clusterer/clusterer.ts';
import { scalingKind } from '../scaling/scaling-kind.ts';
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
  create(settings, place) {
    const mixture = new GaussianMixture({ ...settings, ...place });
    const type = settings.covarianceType ?? 'full';
    return {
      fit: ({ points, weights }, { onIteration, ...options } = {}) =>
        mixture.fit(points, {
          ...options,
          weights,
          onIteration:
            onIteration &&
            (({ lowerBound, readParameters, ...state }) =>
              onIteration({
                ...state,
                objective: { name: LIKELIHOOD.name, value: lowerBound },
                readCenters: async () => {
                  const { means, covariances, weights: shares } = await readParameters();
                  return {
                    kind: 'gaussians',
                    positions: means,
                    columns: points.columns,
                    scalings: [],
                    covariances: { type, values: covariances },
                    weights: shares,
                  };
                },
              })),
        }),
    };
  },
  load: (state, engine) => GaussianMixtureModel.fromState(state, engine),
};
