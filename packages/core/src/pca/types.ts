import type { Engine } from '../engine/engine.ts';

/** Settings of `Pca`. */
export interface PcaOptions {
  /**
   * Number of components, k: a whole number from 1 to the lesser of the numbers of points (of positive weight) and of
   * columns; or, above 0 and below 1, the share of the variance that they have to hold more than, by as few as can;
   * `null` (the default) for as many as there are. A share, and all, diagonalise the whole covariance.
   */
  readonly components?: number | null | undefined;
  /** Scale what `transform` gives to unit variance; default false. */
  readonly whiten?: boolean | undefined;
  /**
   * Dimensions the iterated subspace has beyond k, a whole number >= 0; default 10. Where k and these reach the
   * number of columns, the whole covariance is diagonalised instead, and so it is by default up to 256 columns.
   */
  readonly oversampling?: number | undefined;
  /**
   * Multiplications of the subspace by the covariance, each a pass over the points; >= 1, default 7. Whoever gives this,
   * or `oversampling`, asks for iterations, however few columns there are.
   */
  readonly iterations?: number | undefined;
  /** Seed of the first subspace, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** What computes; default the one `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}
