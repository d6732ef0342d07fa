import type { Clusterer } from '../clusterer/clusterer.ts';
import { watchedClusterer, type WatchedEstimator } from '../clusterer/watched-clusterer.ts';
import type { CovarianceType } from '../engine/mixture/session.ts';
import type { GaussianMixtureFitState } from '../fit-options.ts';

/**
 * An estimator of a kind of mixture in the form that pipelines take.
 *
 * @param objective the name of what it optimizes
 */
export function forClusterer(
  estimator: WatchedEstimator<GaussianMixtureFitState>,
  objective: string,
  type: CovarianceType = 'full',
): Clusterer {
  return watchedClusterer(estimator, ({ lowerBound, readParameters, ...state }, { columns }) => ({
    ...state,
    objective: { name: objective, value: lowerBound },
    readCenters: async () => {
      const { means, covariances, weights } = await readParameters();
      return {
        kind: 'gaussians',
        positions: means,
        columns,
        scalings: [],
        covariances: { type, values: covariances },
        weights,
      };
    },
  }));
}
