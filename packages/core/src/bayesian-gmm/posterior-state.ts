/** What is known after the points were seen: the parameters of a Dirichlet and of Gauss-Wishart distributions. */
export interface PosteriorState {
  /** Of a Dirichlet distribution; of a Dirichlet process, the first parameter of each Beta distribution. K values. */
  readonly concentrations: Float64Array;
  /** The second parameter of each Beta distribution, K values; zeros for a Dirichlet distribution. */
  readonly rests: Float64Array;
  /** K values. */
  readonly meanPrecisions: Float64Array;
  /** K x D. */
  readonly means: Float64Array;
  /** K values, all equal for `tied`. */
  readonly degreesOfFreedom: Float64Array;
  /** Expected covariances; see `CovarianceType`. */
  readonly covariances: Float64Array;
}
