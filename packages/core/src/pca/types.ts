import type { Engine } from '../engine/engine.ts';

/** Settings of `Pca`. */
export interface PcaOptions {
  /**
   * Number of components, k: a whole number from 1 to the lesser of the numbers of points (of positive weight) and of
   * columns; or, above 0 and below 1, a share of the variance: the fewest components that hold more than this share;
   * `null` (the default) for all of them. A share, or all, diagonalizes the whole covariance.
   */
  readonly components?: number | null | undefined;
  /** Scale what `transform` gives to unit variance; default false. */
  readonly whiten?: boolean | undefined;
  /**
   * Dimensions the iterated subspace has beyond k, a whole number >= 0; default 10. When k plus this reaches the number
   * of columns, the whole covariance is diagonalized instead; by default that also happens up to 256 columns.
   */
  readonly oversampling?: number | undefined;
  /**
   * Multiplications of the subspace by the covariance, each a pass over the points; >= 1, default 7. When this or
   * `oversampling` is given, the subspace is iterated even when there are few columns.
   */
  readonly iterations?: number | undefined;
  /** Seed of the first subspace, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** The engine that computes; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}
