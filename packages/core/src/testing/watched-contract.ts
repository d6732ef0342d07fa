import { bayesianMixtureKind } from '../bayesian-gmm/kind.ts';
import { BisectingKMeans } from '../bisecting-kmeans/estimator.ts';
import type { ClustererKind } from '../clusterer/clusterer.ts';
import type { CovarianceType } from '../engine/mixture/session.ts';
import { GaussianMixture } from '../gmm/gaussian-mixture.ts';
import { mixtureKind } from '../gmm/kind.ts';
import { COVARIANCE_TYPES } from '../gmm/types.ts';
import { kmeansKind } from '../kmeans/kind.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import { MiniBatchKMeans } from '../minibatch-kmeans/estimator.ts';
import { miniBatchKMeansKind } from '../minibatch-kmeans/kind.ts';
import { sizedKMeansKind } from '../sized-kmeans/kind.ts';
import { assert, assertRejects, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs } from './datasets.ts';

/** The kinds that iterate over all points, and so call `onIteration`. */
const ITERATING: readonly ClustererKind[] = [
  kmeansKind,
  miniBatchKMeansKind,
  sizedKMeansKind,
  mixtureKind,
  bayesianMixtureKind,
];

/** Watching a fit, iteration by iteration, does not change its result, and can stop it. */
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
  ...ITERATING.map((kind) => stoppedWithin(kind)),
  {
    name: 'bisecting k-means: each split is reported, and a fit stops before any of them',
    async run(engine) {
      const { points } = blobs(300, 4, 6, 11, 5);
      const fit = new BisectingKMeans({ clusters: 6, engine });
      const splits: number[] = [];
      await fit.fit(points, { onProgress: ({ completed }) => splits.push(completed) });
      assertSame(splits, [0, 1, 2, 3, 4], 'splits that were completed at each report');
      const stop = new AbortController();
      const seen: number[] = [];
      const onProgress = ({ completed }: { readonly completed: number }): void => {
        seen.push(completed);
        if (completed === 3) stop.abort();
      };
      const stopped = (): Promise<unknown> => fit.fit(points, { signal: stop.signal, onProgress });
      await assertRejects(stopped, 'AbortError', 'a fit that is stopped after three splits');
      assertSame(seen, [0, 1, 2, 3], 'reports before the fit stopped');
    },
  },
];

/** The signal is aborted in the first call of `onIteration`; there must be no second. */
function stoppedWithin(kind: ClustererKind): ContractCase {
  return {
    name: `${kind.title}: a fit stops when its signal is aborted in onIteration`,
    async run(engine) {
      const { points } = blobs(700, 5, 9, 11, 6);
      const settings = kind.swept?.withClusters({}, 9) ?? {};
      const stop = new AbortController();
      let calls = 0;
      const onIteration = (): void => {
        calls++;
        stop.abort();
      };
      const stopped = (): Promise<unknown> =>
        kind.create(settings, { seed: 0, engine }).fit({ points }, { signal: stop.signal, onIteration });
      await assertRejects(stopped, 'AbortError', 'a fit that is stopped in its first iteration');
      assertSame([calls], [1], 'number of calls of onIteration');
    },
  };
}

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
