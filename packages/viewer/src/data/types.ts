import type { JsonValue, Matrix } from '@shoal/core';

/**
 * What a viewer shows: points on a map, the cluster each is in, and what is known about both. Plain data, never changed
 * after it was made. A *point* is an index from 0 to `count - 1` into these arrays; a *row* is its number in the data that
 * were clustered, which differs where only a sample is shown.
 */
export interface ClusteringData {
  /** Points shown, N. */
  readonly count: number;
  /** Rows that were clustered; more than `count` when a sample is shown. */
  readonly total: number;
  /** The row of each point, ascending; without it a point's row is its own number. */
  readonly rows?: Uint32Array | undefined;
  /** Where each point lies on the map, N x 2; NaN for one that has no place. */
  readonly positions: Float32Array;
  /** What was taken off the positions, which are float32, where they lie far from 0: x and y. */
  readonly origin?: readonly [x: number, y: number] | undefined;
  /** What the map's axes are, for people: "the first two principal components". */
  readonly projection: string;
  /** Clusters, K. */
  readonly clusters: number;
  /** Cluster of each point; `clusters` or more says that it has none. */
  readonly labels: Uint32Array;
  /** The points themselves, N x D, where they are at hand. */
  readonly points?: Matrix | undefined;
  readonly columnNames?: readonly string[] | undefined;
  readonly classes?: Classes | undefined;
  readonly images?: ImageSet | undefined;
  /** One per cluster, in order. */
  readonly summaries: readonly ClusterSummary[];
  readonly model?: MapModel | undefined;
  readonly history: readonly HistorySeries[];
  readonly metrics: Readonly<Record<string, JsonValue>>;
  /** What was clustered, how: a heading. */
  readonly title: string;
  /** What a reader must know: "6,000 of 60,000 points are shown". */
  readonly notes: readonly string[];
}

/** True classes, to compare with; never used to cluster. */
export interface Classes {
  /** Class of each point shown, N. */
  readonly labels: Uint32Array;
  readonly names: readonly string[];
  /** Rows of each class in each cluster over all rows, K x C. */
  readonly counts: Uint32Array;
}

/** Grey pictures of some of the points. */
export interface ImageSet {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, 0 black, a picture after another. */
  readonly pixels: Uint8Array;
  /** The point each picture shows, ascending. */
  readonly points: Uint32Array;
}

/** What a card says of a cluster, over all rows that were clustered. */
export interface ClusterSummary {
  readonly cluster: number;
  readonly size: number;
  /** Sum of squared distances of its points to its centroid. */
  readonly inertia?: number | undefined;
  /** Mixing proportion. */
  readonly weight?: number | undefined;
  /** The centroid as a picture of the `ImageSet`'s size, where points are pictures. */
  readonly image?: Uint8Array | undefined;
  /** Points nearest to the centroid, nearest first. */
  readonly nearest: readonly number[];
  /** Points of the cluster farthest from it, farthest first. */
  readonly farthest: readonly number[];
}

/** The model as it lies on the map. */
export interface MapModel {
  readonly kind: 'kmeans' | 'gaussian-mixture';
  /** Centroids or means on the map, K x 2. */
  readonly centroids: Float32Array;
  /** Covariances on the map, K x 3 as xx, xy, yy; mixtures alone have them. */
  readonly covariances?: Float32Array | undefined;
}

/** Values over the iterations or epochs of a fit. */
export interface HistorySeries {
  /** "inertia", "log-likelihood", "training loss", "validation loss". */
  readonly name: string;
  /** What one step is: "iteration" or "epoch". */
  readonly step: string;
  readonly values: readonly number[];
}
