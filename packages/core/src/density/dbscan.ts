import { engineOrDefault } from '../default-engine.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { fitScaling } from '../scaling/fit-scaling.ts';
import { inHostSpace } from '../scaling/host-space.ts';
import { requireOneOf, requirePositive, requireWholeNumber } from '../validation.ts';
import { requirePoints } from '../matrix.ts';
import { DbscanModel, type DbscanSettings } from './dbscan-model.ts';
import type { DbscanOptions } from './dbscan-options.ts';
import type { TreeFitOptions } from './hdbscan.ts';
import { scalingOf } from './hdbscan-settings.ts';
import { DENSITY_METRICS } from './metric.ts';
import { radiusComponents } from './radius-components.ts';

/**
 * DBSCAN: clusters are connected core points, those with enough points within a radius, and the points near them; all
 * others are noise (Ester, Kriegel, Sander & Xu, "A density-based algorithm for discovering clusters in large spatial
 * databases with noise", KDD 1996). All clusters have the same least density; `Hdbscan` does not need a radius.
 *
 * A point near two clusters belongs to the one with the lower number; clusters are numbered by their lowest core rows. So
 * labels are those of scikit-learn. The same points, options and engine always give the same result, bit for bit.
 *
 * @example
 * const { labels } = await new Dbscan({ radius: 0.3, minSamples: 10 }).fit(points);
 */
export class Dbscan {
  readonly #settings: DbscanSettings;
  readonly #options: DbscanOptions;

  /** @throws {InvalidArgumentError} when an option is out of range or of the wrong kind */
  constructor(options: DbscanOptions) {
    this.#settings = {
      radius: requirePositive('radius', options.radius),
      minSamples: requireWholeNumber('minSamples', options.minSamples ?? 5, 1),
      metric: requireOneOf('The metric', options.metric ?? 'euclidean', DENSITY_METRICS),
    };
    this.#options = options;
  }

  /**
   * Clusters the points. Needs memory for N points, not for their neighbors.
   *
   * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, or points on the engine's device; left unchanged
   * @throws {DataError} when points are NaN or infinite, or the metric is cosine and a row is all zeros
   * @throws {DeviceError} when the device fails
   */
  async fit(given: PointsLike, { signal, onProgress }: TreeFitOptions = {}): Promise<DbscanModel> {
    const points = pointsOf(given);
    requirePoints(points);
    const engine = await engineOrDefault(this.#options.engine);
    signal?.throwIfAborted();
    const kind = scalingOf(this.#options);
    const scaling = kind && (await fitScaling(points, kind, engine, { signal }));
    const space = await inHostSpace(points, scaling, engine, signal);
    const found = await radiusComponents(engine, space, { ...this.#settings, signal, onProgress });
    return DbscanModel.of(found, { settings: this.#settings, space, scaling }, engine);
  }

  /**
   * Clusters the points, and gives the cluster of each: `labels` of what `fit` returns.
   *
   * @throws like `fit`
   */
  async fitPredict(points: PointsLike, options: TreeFitOptions = {}): Promise<Uint32Array> {
    return (await this.fit(points, options)).labels;
  }
}
