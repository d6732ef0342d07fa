import type { ClustererKind } from '../clusterer/clusterer.ts';
import { scalingsOf } from '../kmeans/row-scalings.ts';
import { BisectingKMeans } from './estimator.ts';
import { BISECTING_STATE, BisectingKMeansModel } from './model.ts';
import type { BisectingKMeansOptions } from './options.ts';

/** Settings of bisecting k-means inside a pipeline or sweep, which decides on seed and engine. */
export type BisectingKMeansSettings = Omit<BisectingKMeansOptions, 'seed' | 'engine'>;

/** Bisecting k-means as a kind of clustering. */
export const bisectingKMeansKind: ClustererKind<'bisecting-kmeans', BisectingKMeansSettings> = {
  method: 'bisecting-kmeans',
  title: 'bisecting k-means',
  type: BISECTING_STATE,
  swept: {
    withClusters: (settings, clusters) => ({ ...settings, clusters }),
    criteria: () => [],
    scalings: scalingsOf,
  },
  create(settings, place) {
    const estimator = new BisectingKMeans({ ...settings, ...place });
    return {
      fit: ({ points, weights }, { signal, onProgress } = {}) =>
        estimator.fit(points, { weights, signal, onProgress }),
    };
  },
  load: (state, engine) => BisectingKMeansModel.fromState(state, engine),
};
