import { engineOrDefault } from '../default-engine.ts';
import { InvalidArgumentError } from '../errors.ts';
import type { ClusterFitOptions } from '../clusterer/clusterer.ts';
import { requirePoints } from '../matrix.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { fitScaling } from '../scaling/fit-scaling.ts';
import { inHostSpace } from '../scaling/host-space.ts';
import { linkage } from '../tree/linkage.ts';
import { approximateTree } from './approximate-tree.ts';
import { HdbscanModel } from './hdbscan-model.ts';
import type { HdbscanOptions } from './hdbscan-options.ts';
import { hdbscanSettings, scalingOf, type HdbscanSettings } from './hdbscan-settings.ts';
import { spanningTree } from './spanning-tree.ts';

/** What stops a fit, and what is told its progress. */
export type TreeFitOptions = Pick<ClusterFitOptions, 'signal' | 'onProgress'>;

/**
 * HDBSCAN: finds the number of clusters itself, clusters of any shape and of different density, and leaves out noise
 * (Campello, Moulavi & Sander, PAKDD 2013; McInnes & Healy, "Accelerated hierarchical density based clustering", ICDM
 * Workshops 2017). It is exact, all mutual reachability distances count, unless `neighborSearch` says otherwise.
 *
 * The result does not depend on the order of the points, except for the numbers of the clusters. Equal points get one
 * label. The same points, options and engine always give the same result, bit for bit.
 *
 * @example
 * const model = await new Hdbscan({ minClusterSize: 20 }).fit(points);
 * const { labels, probabilities, outlierScores } = model;
 */
export class Hdbscan {
  readonly #options: HdbscanOptions;

  /** @throws {InvalidArgumentError} when an option is out of range or of the wrong kind */
  constructor(options: HdbscanOptions = {}) {
    // What depends on the number of points is known later; everything else is checked here.
    hdbscanSettings(options, 1);
    scalingOf(options);
    this.#options = options;
  }

  /**
   * Clusters the points. Needs memory for N points and a few numbers for each.
   *
   * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, or points on the engine's device; left unchanged
   * @throws {InvalidArgumentError} when there are not more points than the given `minSamples`
   * @throws {DataError} when points are NaN or infinite, or the metric is cosine and a row is all zeros
   * @throws {DeviceError} when the device fails
   */
  async fit(given: PointsLike, { signal, onProgress }: TreeFitOptions = {}): Promise<HdbscanModel> {
    const points = pointsOf(given);
    requirePoints(points);
    const settings = this.#settingsFor(points.rows);
    const engine = await engineOrDefault(this.#options.engine);
    signal?.throwIfAborted();
    const kind = scalingOf(this.#options);
    const scaling = kind && (await fitScaling(points, kind, engine, { signal }));
    const space = await inHostSpace(points, scaling, engine, signal);
    const { metric, minSamples, neighborSearch } = settings;
    const { seed = 0 } = this.#options;
    const growing = { minSamples, metric, signal, onProgress };
    const edges =
      neighborSearch === 'exact'
        ? { ...(await spanningTree(engine, space, growing)), recall: undefined }
        : await approximateTree(engine, space, { ...growing, seed });
    const fields = {
      settings,
      dendrogram: linkage(edges),
      coreDistances: edges.coreDistances,
      neighborRecall: edges.recall,
      points: space,
      scaling,
    };
    return new HdbscanModel(fields, engine);
  }

  /**
   * Clusters the points, and gives the cluster of each: `labels` of what `fit` returns.
   *
   * @throws like `fit`
   */
  async fitPredict(points: PointsLike, options: TreeFitOptions = {}): Promise<Uint32Array> {
    return (await this.fit(points, options)).labels;
  }

  #settingsFor(rows: number): HdbscanSettings {
    const { minSamples } = this.#options;
    if (minSamples === undefined || minSamples < rows) return hdbscanSettings(this.#options, rows);
    throw new InvalidArgumentError(
      `minSamples = ${minSamples} needs more points than that; got ${rows}. Lower it, or pass more points.`,
    );
  }
}
