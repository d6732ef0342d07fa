/** All kinds of row scaling. */
export const ROW_SCALING_KINDS = ['unit', 'standardize', 'whiten'] as const;

/** How rows are scaled before clustering. */
export type RowScalingKind = (typeof ROW_SCALING_KINDS)[number];

/** Deprecated: the spelling of 0.1.0, in options and in files, for `standardize`. */
export type OldRowScalingKind = 'standardise';

/**
 * A fitted row scaling: plain data, saved with a model and applied again in `predict`.
 *
 * - `unit`: x / |x| (a zero row stays zero)
 * - `standardize`: (x - mean) * factors, column by column; factors are 1 / standard deviation, D values
 *   (1 where a column is constant)
 * - `whiten`: (x - mean) * factors, a D x D row-major matrix with factors * factors^T = covariance^-1 (ZCA)
 */
export type RowScaling =
  | { readonly kind: 'unit' }
  | { readonly kind: 'standardize'; readonly mean: Float64Array; readonly factors: Float64Array }
  | { readonly kind: 'whiten'; readonly mean: Float64Array; readonly factors: Float64Array };
