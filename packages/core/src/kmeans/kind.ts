import type { ClustererKind } from '../clusterer/clusterer.ts';
import { KMeans } from './kmeans.ts';
import { forClusterer } from './for-clusterer.ts';
import { KMeansModel, KMEANS_STATE } from './model.ts';
import { scalingsOf } from './row-scalings.ts';
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
  create: (settings, place) => forClusterer(new KMeans({ ...settings, ...place }), settings.metric),
  load: (state, engine) => KMeansModel.fromState(state, engine),
};
