import {
  applyScaling,
  type Clusterer,
  type Engine,
  type Matrix,
  type OwnChoice,
  Pca,
  type PcaModel,
  type Points,
  type PointsLike,
  pointsOf,
} from '@shoal/core';
import { chosenKind, engineOrDefault, overDefaults, requireWholeNumber } from '@shoal/core/model-kit';
import { Umap } from '../umap/umap.ts';
import type { UmapFitOptions, UmapOptions } from '../umap/types.ts';
import { EMBEDDING_KINDS, EMBEDDING_PRESETS, type EmbeddingChoice } from './kinds.ts';
import { defaultClusteringUmap } from './presets.ts';
import { requireCompactIn } from './require-compact-in.ts';
import { UmapClusteringModel } from './umap-clustering-model.ts';

/** How the embedding is clustered: a kind by its name, or your own kind, and its settings. */
export type EmbeddingClustering = EmbeddingChoice | OwnChoice;

/** Settings of `UmapClustering`. */
export interface UmapClusteringOptions {
  readonly clustering: EmbeddingClustering;
  /** Settings that replace those of `defaultClusteringUmap`. */
  readonly umap?: Omit<UmapOptions, 'seed' | 'engine'> | undefined;
  /** Whether rows are scaled to unit length first, so that only their directions count; default false. */
  readonly unitLength?: boolean | undefined;
  /**
   * For points with more columns than this, neighbors are searched in this number of principal components, which saves
   * time and removes noise; 0 for all columns; default 50.
   */
  readonly principalComponents?: number | undefined;
  /** A whole number of at least 0; default 0. */
  readonly seed?: number | undefined;
  /** The engine that computes; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}

/** How to fit. */
export interface UmapClusteringFitOptions extends UmapFitOptions {
  /**
   * The points in which clusters of a cut are to be compact, N x D; default the points themselves. Pass images here
   * when the points are descriptions of them.
   */
  readonly compactIn?: Matrix | undefined;
}

/**
 * Clusters of a UMAP embedding: principal components, UMAP in a few dimensions, then a Gaussian mixture, k-means, or a
 * balanced cut of the neighbor graph. UMAP contracts dense regions and separates them, so that clusters of any shape
 * become heaps that a mixture can find (Allaoui, Kherfi & Cheriet, "Considerably improving clustering algorithms using
 * UMAP", ICISP 2020).
 *
 * The same points, options and engine always give the same result, bit for bit.
 *
 * @example
 * const clustering = { method: 'gmm', clusters: 10 };
 * const model = await new UmapClustering({ clustering, engine }).fit(points);
 * const labels = await model.predict(newPoints);
 */
export class UmapClustering {
  readonly #umap: Umap;
  readonly #method: string;
  readonly #clusterer: Clusterer;
  readonly #principalComponents: number;
  readonly #unitLength: boolean;
  readonly #seed: number;
  readonly #engine: Engine | undefined;

  /** @throws {InvalidArgumentError} when a setting is out of range or of the wrong kind */
  constructor(options: UmapClusteringOptions) {
    const { clustering, umap, principalComponents = 50, seed = 0 } = options;
    const place = { seed, engine: options.engine };
    this.#umap = new Umap({ ...overDefaults(defaultClusteringUmap, umap ?? {}), ...place });
    const { kind, settings } = chosenKind(clustering, EMBEDDING_KINDS);
    this.#method = kind.method;
    this.#clusterer = kind.create(overDefaults(EMBEDDING_PRESETS[kind.method] ?? {}, settings), place);
    this.#principalComponents = requireWholeNumber('principalComponents', principalComponents, 0);
    this.#unitLength = options.unitLength ?? false;
    this.#seed = seed;
    this.#engine = place.engine;
  }

  /**
   * Embeds the points and clusters the embedding.
   *
   * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, or points on the engine's device; left unchanged
   * @throws {ShapeError} when `compactIn` does not have one row for each point
   * @throws like `Pca.fit`, `Umap.fit` and the `fit` of the clustering
   */
  async fit(given: PointsLike, options: UmapClusteringFitOptions = {}): Promise<UmapClusteringModel> {
    const points = pointsOf(given);
    const { signal, onProgress, compactIn } = options;
    // This check comes before the long work.
    requireCompactIn(compactIn, points);
    const engine = await engineOrDefault(this.#engine);
    const host = points.location === 'device' ? await engine.download(points) : points;
    const scaled = this.#unitLength ? await applyScaling(host, { kind: 'unit' }, engine, { signal }) : host;
    let pca: PcaModel | undefined;
    let searched: Points = scaled;
    if (this.#principalComponents > 0 && scaled.columns > this.#principalComponents) {
      const components = Math.min(this.#principalComponents, scaled.rows);
      pca = await new Pca({ components, seed: this.#seed, engine }).fit(scaled, { signal, onProgress });
      searched = await pca.transform(scaled, { signal });
    }
    const umap = await this.#umap.fit(searched, options);
    const { embedding, graph } = umap;
    const input = { points: embedding, graph, original: compactIn ?? host };
    const clustering = await this.#clusterer.fit(input, { signal, onProgress });
    const fields = { pca, umap, clustering, method: this.#method, unitLength: this.#unitLength };
    return new UmapClusteringModel(fields, engine);
  }
}
