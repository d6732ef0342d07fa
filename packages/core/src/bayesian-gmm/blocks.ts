import type { CovarianceType } from '../engine/mixture/session.ts';

/** Adds weight x d d^T to component k of covariances, in the shape of their type. */
export function addOuter(
  covariances: Float64Array,
  type: CovarianceType,
  k: number,
  d: Float64Array,
  weight: number,
): void {
  const columns = d.length;
  switch (type) {
    case 'full':
    case 'tied': {
      const start = type === 'full' ? k * columns * columns : 0;
      for (let a = 0; a < columns; a++) {
        for (let b = 0; b < columns; b++) covariances[start + a * columns + b] += weight * d[a] * d[b];
      }
      return;
    }
    case 'diag':
      for (let j = 0; j < columns; j++) covariances[k * columns + j] += weight * d[j] ** 2;
      return;
    case 'spherical':
      covariances[k] += (weight * d.reduce((sum, value) => sum + value * value, 0)) / columns;
  }
}

/** Takes a number from each variance of covariances, in the shape of their type. */
export function subtractFromDiagonals(
  covariances: Float64Array,
  type: CovarianceType,
  columns: number,
  value: number,
): void {
  const isMatrix = type === 'full' || type === 'tied';
  const [block, step] = isMatrix ? [columns * columns, columns + 1] : [1, 1];
  for (let start = 0; start < covariances.length; start += block) {
    for (let at = start; at < start + block; at += step) covariances[at] -= value;
  }
}

/**
 * The trace of a precision and a scatter.
 *
 * @param factors of all precisions; see `PrecisionFactors`
 * @param scatters of all components, in the shape of covariances
 */
export function traceOf(
  factors: Float64Array,
  scatters: Float64Array,
  type: CovarianceType,
  k: number,
  columns: number,
): number {
  let sum = 0;
  switch (type) {
    case 'full':
    case 'tied': {
      const start = type === 'full' ? k * columns * columns : 0;
      for (let a = 0; a < columns; a++) {
        for (let b = 0; b <= a; b++) {
          let product = 0;
          for (let c = 0; c <= a; c++) {
            product += scatters[start + b * columns + c] * factors[start + a * columns + c];
          }
          sum += product * factors[start + a * columns + b];
        }
      }
      return sum;
    }
    case 'diag':
      for (let j = k * columns; j < (k + 1) * columns; j++) sum += scatters[j] * factors[j] ** 2;
      return sum;
    case 'spherical':
      return columns * scatters[k] * factors[k] ** 2;
  }
}
