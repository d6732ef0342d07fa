import type { JsonValue, Matrix } from '@shoal/core';
import type { TextColumn } from '@shoal/tables';
import type { ViewColumn } from './columns.ts';
import type { ViewTree } from './view-tree.ts';

/**
 * The data of a viewer: points on a map, the cluster of each, and information about both. Plain data that never changes. A
 * *point* is an index from 0 to `count - 1` into these arrays; a *row* is its number in the clustered data, which differs
 * where only a sample is shown.
 */
export interface ClusteringData {
  /** Number of shown points, N. */
  readonly count: number;
  /** Number of rows that were clustered; more than `count` when a sample is shown. */
  readonly total: number;
  /** The row of each point, ascending; if missing, the row of a point is the point's index. */
  readonly rows?: Uint32Array | undefined;
  /** Position of each point on the map, N x 2; NaN for a point without a position. */
  readonly positions: Float32Array;
  /** The origin, x and y, that was subtracted from positions far from 0, because positions are float32. */
  readonly origin?: readonly [x: number, y: number] | undefined;
  /** A description of the map's axes, for people: "the first two principal components". */
  readonly projection: string;
  /** Number of clusters, K. */
  readonly clusters: number;
  /** Cluster of each point; `clusters` or more means no cluster. */
  readonly labels: Uint32Array;
  /** The points themselves, N x D, if they are available. */
  readonly points?: Matrix | undefined;
  /** Names of the columns of `points`. */
  readonly columnNames?: readonly string[] | undefined;
  /** Columns of the table that was clustered, one value for each shown point. */
  readonly columns?: readonly ViewColumn[] | undefined;
  /** How sure each point's cluster is, N, from 0 to 1; NaN where it is not known. */
  readonly probabilities?: Float32Array | undefined;
  /** Distance of each point to the center of its cluster, in the space of the clusters, N; NaN without a cluster. */
  readonly distances?: Float32Array | undefined;
  /** Which points another run, which these data are compared with, has in another cluster, N. */
  readonly moved?: TextColumn | undefined;
  /** A name for each cluster, K; a cluster without one is called by its number. */
  readonly clusterNames?: readonly (string | undefined)[] | undefined;
  /** What sets each cluster apart, a line each, K lists: "Body Mass (g): higher, 5,050 (others: 4,050)". */
  readonly clusterTraits?: readonly (readonly string[])[] | undefined;
  readonly classes?: Classes | undefined;
  readonly images?: ImageSet | undefined;
  /** One per cluster, in order. */
  readonly summaries: readonly ClusterSummary[];
  readonly model?: MapModel | undefined;
  /** The tree that the clusters were taken from, if there is one. */
  readonly tree?: ViewTree | undefined;
  readonly history: readonly HistorySeries[];
  readonly metrics: Readonly<Record<string, JsonValue>>;
  /** A heading: which data was clustered, and how. */
  readonly title: string;
  /** Remarks that a reader must know: "6,000 of 60,000 points are shown". */
  readonly notes: readonly string[];
}

/** True classes, to compare with; never used to cluster. */
export interface Classes {
  /** Class of each shown point, N. */
  readonly labels: Uint32Array;
  readonly names: readonly string[];
  /** Number of rows of each class in each cluster, over all rows, K x C. */
  readonly counts: Uint32Array;
}

/** Gray images of some of the points. */
export interface ImageSet {
  readonly width: number;
  readonly height: number;
  /** One byte per pixel (0 is black), one image after another. */
  readonly pixels: Uint8Array;
  /** The point of each image, ascending. */
  readonly points: Uint32Array;
}

/** The contents of a cluster's card, over all rows that were clustered. */
export interface ClusterSummary {
  readonly cluster: number;
  readonly size: number;
  /** Sum of squared distances of its points to its centroid. */
  readonly inertia?: number | undefined;
  /** Mixing weight. */
  readonly weight?: number | undefined;
  /** The centroid as an image of the `ImageSet`'s size, where points are images. */
  readonly image?: Uint8Array | undefined;
  /** Points nearest to the centroid, nearest first. */
  readonly nearest: readonly number[];
  /** Points of the cluster farthest from it, farthest first. */
  readonly farthest: readonly number[];
}

/** The model on the map. */
export interface MapModel {
  readonly kind: 'kmeans' | 'gaussian-mixture';
  /** Centroids or means on the map, K x 2. */
  readonly centroids: Float32Array;
  /** Covariances on the map, K x 3 as xx, xy, yy; only mixtures have them. */
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
