import type { CovarianceType, GaussianMixtureParameters } from '../engine/mixture/session.ts';
import type { Engine } from '../engine/engine.ts';
import type { Matrix } from '../matrix.ts';
import type { OldRowScalingKind, RowScalingKind } from '../scaling/types.ts';

export const COVARIANCE_TYPES = ['full', 'tied', 'diag', 'spherical'] as const satisfies CovarianceType[];

/**
 * Ways to choose the first parameters from the points:
 *
 * - `kmeans`: an M-step from the labels of one k-means start
 * - `k-means++`: an M-step from one k-means++ seed per component; covariances start at `regCovar`
 * - `random`: an M-step from random responsibilities
 * - `random-from-data`: an M-step from one random point per component; covariances start at `regCovar`
 */
export const GAUSSIAN_MIXTURE_INITS = ['kmeans', 'k-means++', 'random', 'random-from-data'] as const;
export type GaussianMixtureInit = (typeof GAUSSIAN_MIXTURE_INITS)[number];

/** Settings of `GaussianMixture`. */
export interface GaussianMixtureOptions {
  /** Number of clusters, K, one for each component: a whole number from 1 to the number of points. */
  readonly clusters: number;
  /** Shape of the covariances; default `'full'`. */
  readonly covarianceType?: CovarianceType | undefined;
  /** Added to the diagonal of every covariance, in squared units of the (scaled) data; >= 0, default 1e-6. */
  readonly regCovar?: number | undefined;
  /** A start has converged when its mean log-likelihood per point changes by less; >= 0, default 1e-3. */
  readonly tolerance?: number | undefined;
  /** Iterations of one start at most; default 100. With 0 the mixture stays as it was initialized. */
  readonly maxIterations?: number | undefined;
  /** Number of starts; the one with the greatest likelihood is kept. Default 1. */
  readonly nInit?: number | undefined;
  /**
   * Default `'kmeans'`. Given parameters are in the space of the components, which is after `scaling`. A fitted model
   * can be given to continue its fit: the first E-step counts as the next one of that fit, so that a fit in parts
   * converges where a whole fit would.
   */
  readonly init?: GaussianMixtureInit | GaussianMixtureParameters | undefined;
  /**
   * First means, K x D, in the space of the components; weights and covariances are still those that `init` names, as
   * with scikit-learn's `means_init`. Cannot be combined with given parameters, which already have means.
   */
  readonly meansInit?: Matrix | undefined;
  /** Seed of all random choices, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** Row scaling learned from the points, applied before the fit and in `predict`; default none. */
  readonly scaling?: RowScalingKind | OldRowScalingKind | undefined;
  /** The engine that computes; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}
