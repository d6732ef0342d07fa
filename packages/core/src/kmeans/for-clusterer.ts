import type { Clusterer, ClusterModel } from '../clusterer/clusterer.ts';
import type { KMeansFitOptions } from '../fit-options.ts';
import type { Points } from '../matrix.ts';
import type { RowScaling } from '../scaling/types.ts';
import { INERTIA } from './centroid-model.ts';
import type { KMeansMetric } from './types.ts';

/** An estimator of a kind of k-means that reports its iterations. */
interface KMeansEstimator {
  fit(points: Points, options: KMeansFitOptions): Promise<ClusterModel>;
}

/** The estimator in the form that pipelines take. */
export function forClusterer(estimator: KMeansEstimator, metric: KMeansMetric | undefined): Clusterer {
  const unit: readonly RowScaling[] = metric === 'cosine' ? [{ kind: 'unit' }] : [];
  return {
    fit: ({ points, weights }, { onIteration, ...options } = {}) =>
      estimator.fit(points, {
        ...options,
        weights,
        onIteration:
          onIteration &&
          (({ inertia, readCentroids, ...state }) =>
            onIteration({
              ...state,
              objective: { name: INERTIA.name, value: inertia },
              readCenters: async () => ({
                kind: 'centroids',
                positions: Float64Array.from(await readCentroids()),
                columns: points.columns,
                scalings: unit,
              }),
            })),
      }),
  };
}
