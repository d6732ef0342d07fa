import type { Clusterer } from '../clusterer/clusterer.ts';
import { watchedClusterer, type WatchedEstimator } from '../clusterer/watched-clusterer.ts';
import type { KMeansFitState } from '../fit-options.ts';
import type { RowScaling } from '../scaling/types.ts';
import { INERTIA } from './centroid-model.ts';
import type { KMeansMetric } from './types.ts';

/** An estimator of a kind of k-means in the form that pipelines take. */
export function forClusterer(
  estimator: WatchedEstimator<KMeansFitState>,
  metric: KMeansMetric | undefined,
): Clusterer {
  const unit: readonly RowScaling[] = metric === 'cosine' ? [{ kind: 'unit' }] : [];
  return watchedClusterer(estimator, ({ inertia, readCentroids, ...state }, { columns }) => ({
    ...state,
    objective: { name: INERTIA.name, value: inertia },
    readCenters: async () => ({
      kind: 'centroids',
      positions: Float64Array.from(await readCentroids()),
      columns,
      scalings: unit,
    }),
  }));
}
