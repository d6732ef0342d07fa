import type { GaussianMixtureInit, GaussianMixtureOptions } from '../gmm/types.ts';
import type { PosteriorState } from './posterior.ts';

/**
 * What is assumed about the mixing proportions before any point is seen: a Dirichlet process, which prefers few components,
 * or a Dirichlet distribution.
 */
export const WEIGHT_PRIORS = ['dirichlet-process', 'dirichlet'] as const;
export type WeightPrior = (typeof WEIGHT_PRIORS)[number];

/** Settings of `BayesianMixture`. */
export interface BayesianMixtureOptions extends Pick<
  GaussianMixtureOptions,
  'covarianceType' | 'regCovar' | 'nInit' | 'seed' | 'scaling' | 'engine'
> {
  /** Greatest number of clusters, K, one for each component; components that points do not need end nearly empty. */
  readonly clusters: number;
  /** Default `'dirichlet-process'`. */
  readonly weightPrior?: WeightPrior | undefined;
  /** How readily points make new components: the less, the fewer components; > 0, default 1 / K. */
  readonly concentration?: number | undefined;
  /** How strongly means are drawn to the mean of the points: like so many points there; > 0, default 1. */
  readonly meanPrecision?: number | undefined;
  /** How strongly covariances are drawn to that of the points; > D - 1, default D. */
  readonly degreesOfFreedom?: number | undefined;
  /** A start has converged when its lower bound per point changes by less; >= 0, default 1e-6. */
  readonly tolerance?: number | undefined;
  /** Iterations of one start at most, >= 1; default 200. */
  readonly maxIterations?: number | undefined;
  /** See `GaussianMixtureOptions`; a fitted model, or its `posterior`, continues its fit. Default `'kmeans'`. */
  readonly init?: GaussianMixtureInit | { readonly posterior: PosteriorState } | undefined;
}
