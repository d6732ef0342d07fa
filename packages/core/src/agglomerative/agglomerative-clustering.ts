import { engineOrDefault } from '../default-engine.ts';
import type { TreeFitOptions } from '../density/hdbscan.ts';
import { scalingOf } from '../density/hdbscan-settings.ts';
import type { Engine } from '../engine/engine.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import { assertFinite, gatherRows, matrix, type Matrix } from '../matrix.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { fitScaling } from '../scaling/fit-scaling.ts';
import { inHostSpace } from '../scaling/host-space.ts';
import { requireFittable } from '../validation.ts';
import { AgglomerativeModel } from './model.ts';
import type { AgglomerativeOptions } from './options.ts';
import { agglomerativeSettings, microClustersFor, type AgglomerativeSettings } from './settings.ts';
import { treeOf } from './tree-of.ts';

/** What a tree is made of: points, or micro-clusters of them. */
interface Leaves {
  readonly points: Matrix;
  /** How many points each stands for. */
  readonly sizes: Float64Array;
  /** The leaf of each training point; absent when points are leaves. */
  readonly leafOf?: Uint32Array | undefined;
}

/**
 * Agglomerative clustering: the two nearest clusters are merged again and again, until all points are one. The tree of
 * these merges has every number of clusters. Trees are exact up to a number of points; see `microClusters`.
 *
 * The same points, options and engine always give the same result, bit for bit.
 *
 * @example
 * const model = await new AgglomerativeClustering({ clusters: 5 }).fit(points);
 * const { labels } = model.cutInto(8);
 */
export class AgglomerativeClustering {
  readonly #settings: AgglomerativeSettings;
  readonly #options: AgglomerativeOptions;

  /** @throws {InvalidArgumentError} when an option is out of range or of the wrong kind */
  constructor(options: AgglomerativeOptions) {
    this.#settings = agglomerativeSettings(options);
    this.#options = options;
  }

  /**
   * Clusters the points.
   *
   * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, or points on the engine's device; left unchanged
   * @throws {InvalidArgumentError} when there are fewer points than clusters
   * @throws {DataError} when points are NaN or infinite, or the metric is cosine and a row is all zeros
   * @throws {UnsupportedError} when `microClusters` is 0 and there are too many distances to hold
   * @throws {DeviceError} when the device fails
   */
  async fit(given: PointsLike, { signal, onProgress }: TreeFitOptions = {}): Promise<AgglomerativeModel> {
    const points = pointsOf(given);
    const { clusters, linkage, metric } = this.#settings;
    requireFittable(points, undefined, clusters, 'clusters');
    const engine = await engineOrDefault(this.#options.engine);
    signal?.throwIfAborted();
    const kind = scalingOf(this.#options);
    const scaling = kind && (await fitScaling(points, kind, engine, { signal }));
    const space = await inHostSpace(points, scaling, engine, signal);
    assertFinite(space);
    const leaves = await this.#leavesOf(space, engine, { signal, onProgress });
    const place = { engine, signal };
    const settings = { linkage, metric };
    const dendrogram = await treeOf(leaves.points, leaves.sizes, settings, place, onProgress);
    const fields = { settings, clusters, dendrogram, leaves: leaves.points, leafOf: leaves.leafOf, scaling };
    return new AgglomerativeModel(fields, engine);
  }

  /**
   * Clusters the points, and gives the cluster of each: `labels` of what `fit` returns.
   *
   * @throws like `fit`
   */
  async fitPredict(points: PointsLike, options: TreeFitOptions = {}): Promise<Uint32Array> {
    return (await this.fit(points, options)).labels;
  }

  async #leavesOf(space: Matrix, engine: Engine, options: TreeFitOptions): Promise<Leaves> {
    const clusters = microClustersFor(space.rows, this.#settings);
    if (clusters === 0) return { points: space, sizes: new Float64Array(space.rows).fill(1) };
    const { metric, seed } = this.#settings;
    const kmeans = new KMeans({ clusters, metric, seed, init: 'k-means||', engine });
    const { centroids, labels } = await kmeans.fit(space, options);
    const counts = new Float64Array(clusters);
    for (const label of labels) counts[label]++;
    const used = Uint32Array.from(counts.keys()).filter((k) => counts[k] > 0);
    const leafOfCluster = new Uint32Array(clusters);
    used.forEach((cluster, leaf) => {
      leafOfCluster[cluster] = leaf;
    });
    return {
      points: matrix(gatherRows(centroids, used), used.length, space.columns),
      sizes: Float64Array.from(used, (cluster) => counts[cluster]),
      leafOf: labels.map((label) => leafOfCluster[label]),
    };
  }
}
