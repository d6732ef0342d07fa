import { leastOf } from '../linear-algebra/extremes.ts';
import { DataError } from '../errors.ts';
import { requireHeld } from '../linear-algebra/matrix-size.ts';
import type { Matrix } from '../matrix.ts';

/** The parts of fitted components that define the Gaussian of probabilistic PCA. */
interface GaussianOfComponents {
  readonly components: Matrix;
  readonly explainedVariance: Float64Array;
  readonly noiseVariance: number;
}

/**
 * Covariance of the Gaussian that components and noise describe, D x D: V^T diag(variance - noise) V + noise I
 * (Tipping & Bishop, "Probabilistic principal component analysis", J. Royal Stat. Soc. B 61(3), 1999).
 */
export function covarianceOf(model: GaussianOfComponents): Float64Array {
  const { noiseVariance } = model;
  return alongComponents(model, (variance) => variance - noiseVariance, noiseVariance);
}

/**
 * Its inverse, D x D.
 *
 * @throws {DataError} when the covariance is singular
 */
export function precisionOf(model: GaussianOfComponents): Float64Array {
  const rest = inverseNoise(model);
  return alongComponents(model, (variance) => 1 / variance - rest, rest);
}

/** What is needed to score points by the Gaussian. */
interface Whitener {
  /** D x D, symmetric: (x - mean) times it has unit covariance. */
  readonly root: Float64Array;
  /** Log-density at the mean. */
  readonly peak: number;
}

/** @throws {DataError} when the covariance is singular */
export function whitenerOf(model: GaussianOfComponents): Whitener {
  const { rows, columns } = model.components;
  const rest = Math.sqrt(inverseNoise(model));
  const root = alongComponents(model, (variance) => 1 / Math.sqrt(variance) - rest, rest);
  let logDeterminant = rows < columns ? (columns - rows) * Math.log(model.noiseVariance) : 0;
  for (const variance of variancesOf(model)) logDeterminant += Math.log(variance);
  return { root, peak: -(columns * Math.log(2 * Math.PI) + logDeterminant) / 2 };
}

/** V^T diag(of(variance)) V + rest I. */
function alongComponents(
  model: GaussianOfComponents,
  of: (variance: number) => number,
  rest: number,
): Float64Array {
  const { rows, columns, data } = model.components;
  requireHeld(
    `The covariance of ${columns} columns`,
    columns ** 2,
    'Use the components and their variances instead.',
  );
  const out = new Float64Array(columns * columns);
  const variances = variancesOf(model);
  for (let c = 0; c < rows; c++) {
    const factor = of(variances[c]);
    for (let i = 0; i < columns; i++) {
      const scaled = factor * data[c * columns + i];
      for (let j = 0; j < columns; j++) out[i * columns + j] += scaled * data[c * columns + j];
    }
  }
  for (let i = 0; i < columns; i++) out[i * columns + i] += rest;
  return out;
}

/** Rounding may leave a variance slightly below the mean of those after it. */
function variancesOf({ explainedVariance, noiseVariance }: GaussianOfComponents): Float64Array {
  return explainedVariance.map((variance) => Math.max(variance, noiseVariance));
}

/** 1 / noise, or 0 when no direction is left out. */
function inverseNoise(model: GaussianOfComponents): number {
  const { components, noiseVariance } = model;
  const least = components.rows < components.columns ? noiseVariance : leastOf(variancesOf(model));
  if (!(least > 0)) {
    throw new DataError(
      `The covariance of these ${components.rows} components in ${components.columns} columns is singular: there is ` +
        'no variance in some direction, so there is no density. Fit fewer components, more points, or drop constant columns.',
    );
  }
  return components.rows < components.columns ? 1 / noiseVariance : 0;
}
