import {
  NO_COMPONENT,
  type GaussianMixtureParameters,
  type GaussianMixtureSession,
} from '../engine/mixture/session.ts';
import type { Engine } from '../engine/engine.ts';
import type { Checked, FitOptions } from '../fit-options.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import { drawDistinctRows } from '../kmeans/draw-rows.ts';
import { seedsOf } from '../kmeans/kmeans-plus-plus.ts';
import { defaultTrials } from '../kmeans/seeding.ts';
import type { Points } from '../matrix.ts';
import type { PartedPoints } from '../parts/parted-points.ts';
import type { Random } from '../random.ts';
import type { GaussianMixtureInit } from './types.ts';

/**
 * Gives a session its first parameters; see `GaussianMixtureInit`.
 *
 * @param points the (scaled) points of the session
 * @param options `onProgress` receives the progress of the k-means start, where there is one
 * @throws {SingularCovarianceError} when a covariance is not positive definite
 */
export async function initializeMixture(
  session: GaussianMixtureSession,
  points: Points | PartedPoints,
  init: GaussianMixtureInit | GaussianMixtureParameters,
  engine: Engine,
  random: Random,
  { weights, signal, onProgress }: Checked<FitOptions>,
): Promise<void> {
  const { components: clusters, rows } = session;
  switch (init) {
    case 'kmeans': {
      const kmeans = new KMeans({ clusters, engine, seed: random.seed() });
      const { labels } = await kmeans.fit(points, { weights, signal, onProgress });
      return session.initialize({ kind: 'labels', labels });
    }
    case 'k-means++': {
      const trials = defaultTrials(clusters);
      const { indices } = await seedsOf(points, clusters, engine, random, { trials, weights, signal });
      return session.initialize({ kind: 'labels', labels: labelsOfSeeds(indices, rows) });
    }
    case 'random-from-data': {
      const seeds = drawDistinctRows(rows, clusters, random, weights);
      return session.initialize({ kind: 'labels', labels: labelsOfSeeds(seeds, rows) });
    }
    case 'random':
      return session.initialize({ kind: 'random', seed: random.uint32() });
    default:
      return session.writeParameters(init);
  }
}

/** Seed k belongs to component k; all other points to none. */
function labelsOfSeeds(seeds: Uint32Array, rows: number): Uint32Array {
  const labels = new Uint32Array(rows).fill(NO_COMPONENT);
  seeds.forEach((row, k) => {
    labels[row] = k;
  });
  return labels;
}
