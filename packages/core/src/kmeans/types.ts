import type { Engine } from '../engine/engine.ts';
import type { KMeansPrecision } from '../engine/kmeans/session.ts';
import type { Matrix, Points } from '../matrix.ts';
import type { MatrixLike } from '../points-like.ts';
import type { Random } from '../random.ts';
import type { OldRowScalingKind, RowScalingKind } from '../scaling/types.ts';

/** How k-means measures distance. */
export const KMEANS_METRICS = ['euclidean', 'cosine'] as const;

/**
 * - `euclidean`: squared Euclidean distance to centroids that are means (Lloyd 1982)
 * - `cosine`: spherical k-means (Dhillon & Modha 2001): rows are scaled to unit length, centroids too, and
 *   distances are those between unit vectors: |x - c|^2 = 2 - 2 cos(x, c)
 */
export type KMeansMetric = (typeof KMEANS_METRICS)[number];

/** Ways to choose the initial centroids from the points. */
export const KMEANS_INITS = ['k-means++', 'k-means||', 'random'] as const;
export type KMeansInit = (typeof KMEANS_INITS)[number];

/**
 * Chooses initial centroids.
 *
 * @param points the points as they are clustered: after `scaling`, of unit length for cosine; where `fit` was given them
 * @param random the fit's random numbers; a fit is repeatable when the function draws only from these
 * @returns up to K x D, as `init` takes a matrix
 */
export type KMeansInitFunction = (
  points: Points,
  clusters: number,
  random: Random,
) => MatrixLike | Promise<MatrixLike>;

/** Every `KMeansPrecision`. */
export const KMEANS_PRECISIONS = ['exact', 'fast'] as const satisfies readonly KMeansPrecision[];

/** Settings of `KMeans`. */
export interface KMeansOptions {
  /** Number of clusters, K: a whole number from 1 to the number of points. */
  readonly clusters: number;
  /** Default `'euclidean'`. */
  readonly metric?: KMeansMetric | undefined;
  /**
   * Initial centroids: greedy k-means++ (the default); k-means||, which passes over the points `rounds` times instead
   * of K times; distinct random points, drawn by weight; or a K x D matrix (or rows of numbers) in the space of the clusters, which is after
   * `scaling`, or a function that makes one for each start. Where a matrix has fewer rows than there are clusters,
   * k-means++ seeds follow them; that takes a copy of the points. Given centroids are not changed; a matrix far outside
   * the points is a warning. A fitted model stands for its centroids, so that its fit goes on.
   */
  readonly init?: KMeansInit | MatrixLike | KMeansInitFunction | { readonly centroids: Matrix } | undefined;
  /**
   * Given centroids that do not move: the number of the first ones, or their indices; default none. Points are assigned
   * to them like to the others, and they may end without points. Fits with frozen centroids read labels and sums from
   * their engine in every iteration, which takes longer.
   */
  readonly frozen?: number | readonly number[] | undefined;
  /** Candidates tried for each k-means++ seed; default 2 + floor(ln K), 1 is the plain k-means++. */
  readonly trials?: number | undefined;
  /** Rounds in which k-means|| draws candidates, >= 1; default 5. */
  readonly rounds?: number | undefined;
  /** k-means|| draws `oversampling` x K candidates in each round; > 0, default 2. */
  readonly oversampling?: number | undefined;
  /** Number of starts; the one with the least inertia is kept; default 10 for `'random'` and functions, else 1. */
  readonly nInit?: number | undefined;
  /** Iterations of one start at most, >= 1; default 300. */
  readonly maxIterations?: number | undefined;
  /**
   * A start has converged when no label changes, or when the squared Frobenius norm of the centroids' movement
   * is at most `tolerance` times the mean variance of the columns; >= 0, default 1e-4. Weights count in that
   * variance (scikit-learn leaves them out).
   */
  readonly tolerance?: number | undefined;
  /**
   * `'exact'` (the default), or `'fast'`: then a point whose two nearest centroids differ by less than half floats can
   * tell (about a thousandth of the product of its length and theirs) may get the label of either, when that is
   * quicker. The WebGPU engine does this for many clusters on hardware with half floats or a matrix unit; the other
   * engines stay exact. Inertia counts the distances to the clusters that points were given, in full precision.
   * `predict` is always exact, so it may differ from `labels` in such points.
   */
  readonly precision?: KMeansPrecision | undefined;
  /** Seed of all random choices, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** Row scaling learned from the points, applied before clustering and in `predict`; default none. */
  readonly scaling?: RowScalingKind | OldRowScalingKind | undefined;
  /** The engine that computes; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}

/** Settings of k-means in a gap statistic: Euclidean, on points as they are, with starts of its own. */
export type GapKMeansOptions = Omit<
  KMeansOptions,
  'clusters' | 'metric' | 'scaling' | 'init' | 'seed' | 'engine'
>;
