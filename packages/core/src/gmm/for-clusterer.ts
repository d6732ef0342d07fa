import type { Clusterer, ClusterModel } from '../clusterer/clusterer.ts';
import type { CovarianceType } from '../engine/mixture/session.ts';
import type { GaussianMixtureFitOptions } from '../fit-options.ts';
import type { Points } from '../matrix.ts';

/** An estimator of a kind of mixture. */
interface MixtureEstimator {
  fit(points: Points, options: GaussianMixtureFitOptions): Promise<ClusterModel>;
}

/**
 * The estimator in the form that pipelines take.
 *
 * @param objective the name of what it optimizes
 */
export function forClusterer(
  estimator: MixtureEstimator,
  objective: string,
  type: CovarianceType = 'full',
): Clusterer {
  return {
    fit: ({ points, weights }, { onIteration, ...options } = {}) =>
      estimator.fit(points, {
        ...options,
        weights,
        onIteration:
          onIteration &&
          (({ lowerBound, readParameters, ...state }) =>
            onIteration({
              ...state,
              objective: { name: objective, value: lowerBound },
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
}
