import type { ClustererKind } from '../clusterer/clusterer.ts';
import { forClusterer } from '../kmeans/for-clusterer.ts';
import { scalingsOf } from '../kmeans/row-scalings.ts';
import { SizedKMeans } from './estimator.ts';
import { SizedKMeansModel, SIZED_STATE } from './model.ts';
import type { SizedKMeansOptions } from './options.ts';

/** Settings of k-means with sizes inside a pipeline or sweep, which decides on seed and engine. */
export type SizedKMeansSettings = Omit<SizedKMeansOptions, 'seed' | 'engine'>;

/** k-means with limits on the sizes of clusters as a kind of clustering. */
export const sizedKMeansKind: ClustererKind<'sized-kmeans', SizedKMeansSettings> = {
  method: 'sized-kmeans',
  title: 'k-means with sizes',
  type: SIZED_STATE,
  limitsSizes: true,
  swept: {
    withClusters: (settings, clusters) => ({ ...settings, clusters }),
    criteria: () => [],
    scalings: scalingsOf,
  },
  create: (settings, place) => forClusterer(new SizedKMeans({ ...settings, ...place }), settings.metric),
  load: (state, engine) => SizedKMeansModel.fromState(state, engine),
};
