import type { DeviceLabels } from '../../matrix.ts';
import type { SessionOptions } from '../session.ts';

/**
 * Shape of a mixture's covariances. For K components in D dimensions the arrays hold
 * `full` K x D x D, `tied` D x D, `diag` K x D and `spherical` K values.
 */
export type CovarianceType = 'full' | 'tied' | 'diag' | 'spherical';

export interface GaussianMixtureSessionOptions extends SessionOptions {
  /** Number of components, K. */
  readonly components: number;
  readonly covarianceType: CovarianceType;
  /** Added to the diagonal of every covariance, in squared units of the data; >= 0. */
  readonly regCovar: number;
}

export interface GaussianMixtureParameters {
  /** Mixing proportions, K values that sum to 1. */
  readonly weights: Float64Array;
  /** Component means, K x D. */
  readonly means: Float64Array;
  /** Covariances, shaped by their type; see `CovarianceType`. */
  readonly covariances: Float64Array;
}

/** What one EM iteration did. */
export interface EmIteration {
  /** Weighted mean log-likelihood of the points under the parameters the iteration started from. */
  readonly lowerBound: number;
}

/** The source of a mixture's first responsibilities. */
export type ResponsibilitySource =
  /** Point i belongs wholly to component labels[i]; `NO_COMPONENT` leaves it out. */
  | { readonly kind: 'labels'; readonly labels: Uint32Array }
  /**
   * Element (i, k) is `(hash32(seed, i * K + k) + 0.5) / 2^32`, each row divided by its sum. Rows are counted from
   * `firstRow` on, by default from 0.
   */
  | { readonly kind: 'random'; readonly seed: number; readonly firstRow?: number | undefined };

/** A label that assigns a point to no component in `ResponsibilitySource`. */
export const NO_COMPONENT = 0xffffffff;

/**
 * The result of an E-step for the M-step: responsibility-weighted sums about a shift per component. With the old means
 * as the shift, the second moments do not lose digits by cancellation.
 */
export interface SufficientStatistics {
  readonly covarianceType: CovarianceType;
  readonly components: number;
  readonly columns: number;
  /** The shifts, K x D. */
  readonly shift: Float64Array;
  /** N_k = sum_i w_i r_ik, K values. */
  readonly counts: Float64Array;
  /** sum_i w_i r_ik (x_i - shift_k), K x D. */
  readonly first: Float64Array;
  /**
   * sum_i w_i r_ik (x_i - shift_k)(x_i - shift_k)^T: K x D x D for `full` (lower triangles suffice),
   * their sum over k, D x D, for `tied`; the diagonals alone, K x D, for `diag` and `spherical`.
   */
  readonly second: Float64Array;
}

/** What an E-step over some of the points adds to that over all. */
export interface PartStatistics {
  /** Sum of weighted log-likelihoods; 0 where responsibilities are given. */
  readonly likelihood: number;
  readonly statistics: SufficientStatistics;
}

/** Responsibilities that do not come from parameters. */
export interface GivenResponsibilities {
  readonly source: ResponsibilitySource;
  /** The shifts of the statistics, K x D, which an engine may round. */
  readonly about: Float64Array;
}

/** Points, parameters and scratch of a Gaussian mixture, resident on the engine. N x K is never stored. */
export interface GaussianMixtureSession extends Disposable {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly covarianceType: CovarianceType;
  /** See `KMeansSession`. */
  readonly center?: Float64Array | undefined;

  /**
   * An M-step from the given responsibilities.
   *
   * @throws {SingularCovarianceError} when a covariance is not positive definite
   */
  initialize(source: ResponsibilitySource): Promise<void>;

  /** @throws {SingularCovarianceError} when a covariance is not positive definite */
  writeParameters(parameters: GaussianMixtureParameters): Promise<void>;
  readParameters(): Promise<GaussianMixtureParameters>;

  /**
   * Runs up to `count` EM iterations (E, then M) without a readback in between. Stops early when the lower
   * bound moved by less than `tolerance` from the iteration before (the last call's included).
   *
   * @returns one entry per iteration that ran
   * @throws {SingularCovarianceError} when a covariance stops being positive definite
   */
  step(count: number, tolerance: number): Promise<readonly EmIteration[]>;

  /**
   * The sums of an M-step over these points: for points in parts, of which core adds up the sums. Responsibilities are
   * those of the current parameters, or given ones; these leave the session without parameters. Absent where core finds
   * the sums from the parameters of a step.
   */
  readStatistics?(given?: GivenResponsibilities): Promise<PartStatistics>;

  /** The E-step alone: labels and per-point log-likelihoods for the current parameters. */
  evaluate(): Promise<EmIteration>;

  /** Most responsible component of each point at the last `evaluate()`. */
  readLabels(): Promise<Uint32Array>;
  /** The same labels on the engine's device; see `KMeansSession`. */
  labelsOnDevice?(): Promise<DeviceLabels>;
  /** log p(x_i) of each point at the last `evaluate()`. */
  readLogLikelihoods(): Promise<Float32Array>;
  /** Responsibilities of rows `start <= i < start + count` under the current parameters, (count x K). */
  responsibilities(start: number, count: number): Promise<Float32Array>;

  /** Frees everything the session holds. Calling it twice is harmless. */
  destroy(): void;
}
