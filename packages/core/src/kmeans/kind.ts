import type { ClustererKind } from '../clusterer/clusterer.ts';
import { KMeans } from './kmeans.ts';
import { INERTIA } from './centroid-model.ts';
import { KMeansModel, KMEANS_STATE } from './model.ts';
import { scalingsOf } from './row-scalings.ts';
import type { RowScaling } from '../scaling/types.ts';
import type { KMeansOptions } from './types.ts';

/** Settings of k-means inside a pipeline or sweep, which decides on seed and engine. */
export type KMeansSettings = Omit<KMeansOptions, 'seed' | 'engine'>;

/** k-means as a kind of clustering. */
export const kmeansKind: ClustererKind<'kmeans', KMeansSettings> = {
  method: 'kmeans',
  title: 'k-means',
  type: KMEANS_STATE,
  swept: {
    withClusters: (settings, clusters) => ({ ...settings, clusters }),
    criteria: ({ metric }) => (metric === 'cosine' ? [] : ['gap']),
    scalings: scalingsOf,
    gap: ({ nInit, maxIterations, tolerance, precision, trials, rounds, oversampling }) => ({
      nInit,
      maxIterations,
      tolerance,
      precision,
      trials,
      rounds,
      oversampling,
    }),
  },
  create(settings, place) {
    const kmeans = new KMeans({ ...settings, ...place });
    const unit: readonly RowScaling[] = settings.metric === 'cosine' ? [{ kind: 'unit' }] : [];
    return {
      fit: ({ points, weights }, { onIteration, ...options } = {}) =>
        kmeans.fit(points, {
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
  },
  load: (state, engine) => KMeansModel.fromState(state, engine),
};
