import type { ClustererKind } from '../clusterer/clusterer.ts';
import { forClusterer } from '../kmeans/for-clusterer.ts';
import { scalingsOf } from '../kmeans/row-scalings.ts';
import { MiniBatchKMeans } from './estimator.ts';
import { MiniBatchKMeansModel, MINIBATCH_STATE } from './model.ts';
import type { MiniBatchKMeansOptions } from './options.ts';

/** Settings of mini-batch k-means inside a pipeline or sweep, which decides on seed and engine. */
export type MiniBatchKMeansSettings = Omit<MiniBatchKMeansOptions, 'seed' | 'engine'>;

/** Mini-batch k-means as a kind of clustering. */
export const miniBatchKMeansKind: ClustererKind<'minibatch-kmeans', MiniBatchKMeansSettings> = {
  method: 'minibatch-kmeans',
  title: 'mini-batch k-means',
  type: MINIBATCH_STATE,
  swept: {
    withClusters: (settings, clusters) => ({ ...settings, clusters }),
    criteria: () => [],
    scalings: scalingsOf,
  },
  create: (settings, place) => forClusterer(new MiniBatchKMeans({ ...settings, ...place }), settings.metric),
  load: (state, engine) => MiniBatchKMeansModel.fromState(state, engine),
};
