import type { CovarianceType } from '../engine/mixture/session.ts';
import { GaussianMixture } from '../gmm/gaussian-mixture.ts';
import { COVARIANCE_TYPES } from '../gmm/types.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import { MiniBatchKMeans } from '../minibatch-kmeans/estimator.ts';
import { assert, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs } from './datasets.ts';

/** Watching a fit, iteration by iteration, does not change its result. */
export const watchedContract: readonly ContractCase[] = [
  {
    name: 'k-means: a fit that is watched ends with the same bits',
    async run(engine) {
      const { points } = blobs(700, 5, 9, 11, 6);
      const fit = new KMeans({ clusters: 9, seed: 3, nInit: 2, engine });
      const alone = await fit.fit(points);
      const inertias: number[] = [];
      const watched = await fit.fit(points, {
        async onIteration({ start, inertia, readLabels, readCentroids }) {
          assertSame([(await readLabels()).length], [points.rows], 'number of labels');
          assertSame([(await readCentroids()).length], [9 * points.columns], 'number of centroid values');
          if (start === 1) inertias.push(inertia);
        },
      });
      assertSame(watched.labels, alone.labels, 'labels');
      assertSame(watched.centroids.data, alone.centroids.data, 'centroids');
      assertSame(watched.inertiaHistory, alone.inertiaHistory, 'inertias');
      assert(inertias.length > 1, `the first start took ${inertias.length} iterations; the case needs more`);
    },
  },
  {
    name: 'mini-batch k-means: a fit that is watched ends with the same bits',
    async run(engine) {
      const { points } = blobs(700, 5, 9, 11, 6);
      const fit = new MiniBatchKMeans({ clusters: 9, seed: 3, batchSize: 50, maxIterations: 12, engine });
      const alone = await fit.fit(points);
      let last: { readonly labels: Uint32Array; readonly iteration: number } | undefined;
      const watched = await fit.fit(points, {
        async onIteration({ iteration, readLabels, readCentroids }) {
          last = { labels: await readLabels(), iteration };
          assertSame([(await readCentroids()).length], [9 * points.columns], 'number of centroid values');
        },
      });
      assertSame(watched.labels, alone.labels, 'labels');
      assertSame(watched.centroids.data, alone.centroids.data, 'centroids');
      assertSame(watched.inertiaHistory, alone.inertiaHistory, 'inertias');
      // 14 batches are a pass, so every second one is shown.
      assert(last?.iteration === 12, `the last batch that was shown is ${String(last?.iteration)}, not 12`);
      assertSame(last.labels, watched.labels, 'labels after the last batch');
    },
  },
  ...COVARIANCE_TYPES.map((covarianceType) => watchedMixture(covarianceType)),
];

function watchedMixture(covarianceType: CovarianceType): ContractCase {
  return {
    name: `mixtures: a ${covarianceType} fit that is watched ends with the same bits`,
    async run(engine) {
      const { points } = blobs(400, 3, 4, 12, 5);
      const fit = new GaussianMixture({ clusters: 4, covarianceType, seed: 1, maxIterations: 20, engine });
      const alone = await fit.fit(points);
      const bounds: number[] = [];
      const watched = await fit.fit(points, {
        async onIteration({ lowerBound, readLabels, readParameters }) {
          bounds.push(lowerBound);
          assertSame([(await readLabels()).length], [points.rows], 'number of labels');
          assertSame([(await readParameters()).weights.length], [4], 'number of weights');
        },
      });
      assertSame(watched.labels, alone.labels, 'labels');
      assertSame(watched.means, alone.means, 'means');
      assertSame(watched.covariances, alone.covariances, 'covariances');
      assertSame(watched.lowerBoundHistory.slice(0, -1), bounds, 'lower bounds');
      assertSame(watched.lowerBoundHistory, alone.lowerBoundHistory, 'lower bounds of both fits');
    },
  };
}
