import type { CovarianceType, GaussianMixtureParameters, SufficientStatistics } from '../mixture/session.ts';
import type { Pausable } from '../../chunks.ts';

/** Number of values in the second moments of a covariance type. */
export function secondMomentLength(type: CovarianceType, components: number, columns: number): number {
  switch (type) {
    case 'full':
      return components * columns * columns;
    case 'tied':
      return columns * columns;
    case 'diag':
    case 'spherical':
      return components * columns;
  }
}

/** Number of values in the covariances of a type; see `CovarianceType`. */
export function covarianceLength(type: CovarianceType, components: number, columns: number): number {
  return type === 'spherical' ? components : secondMomentLength(type, components, columns);
}

/**
 * Closes an M-step: maximum-likelihood weights, means and covariances from the statistics
 * (Bishop, "Pattern Recognition and Machine Learning", 9.24 to 9.26), plus `regCovar` on every diagonal.
 * A component without any weight keeps its mean and falls back to a covariance of `regCovar`.
 */
export function* finishMStep(
  statistics: SufficientStatistics,
  regCovar: number,
): Pausable<GaussianMixtureParameters> {
  const { components, columns, counts, shift, first } = statistics;
  // An empty component must not divide by zero; the means of the others must not move, not even by a rounding.
  const safeCounts = counts.map((count) => Math.max(count, 10 * Number.EPSILON));
  const total = safeCounts.reduce((sum, count) => sum + count, 0);
  const moves = first.map((value, index) => value / safeCounts[Math.floor(index / columns)]);
  return {
    weights: safeCounts.map((count) => count / total),
    means: shift.map((value, index) => value + moves[index]),
    covariances: yield* finishCovariances(statistics, safeCounts, moves, regCovar),
  };

  function* finishCovariances(
    { covarianceType, second }: SufficientStatistics,
    n: Float64Array,
    delta: Float64Array,
    reg: number,
  ): Pausable<Float64Array> {
    const covariances = new Float64Array(covarianceLength(covarianceType, components, columns));
    switch (covarianceType) {
      case 'full':
        for (let k = 0; k < components; k++) {
          fillSymmetric(covariances, k * columns * columns, columns, (a, b, at) => {
            return second[at] / n[k] - delta[k * columns + a] * delta[k * columns + b] + (a === b ? reg : 0);
          });
          yield;
        }
        break;
      case 'tied':
        fillSymmetric(covariances, 0, columns, (a, b, at) => {
          let scatter = second[at];
          for (let k = 0; k < components; k++) {
            scatter -= n[k] * delta[k * columns + a] * delta[k * columns + b];
          }
          return scatter / total + (a === b ? reg : 0);
        });
        break;
      case 'diag':
        for (let i = 0; i < covariances.length; i++) covariances[i] = variance(i);
        break;
      case 'spherical':
        for (let i = 0; i < components * columns; i++) {
          covariances[Math.floor(i / columns)] += variance(i) / columns;
        }
        break;
    }
    return covariances;

    function variance(i: number): number {
      // Rounding may leave a tiny negative number where the exact value is zero.
      return Math.max(0, second[i] / n[Math.floor(i / columns)] - delta[i] ** 2) + reg;
    }
  }
}

/** Fills a D x D block from its lower triangle; `at` is the index of (a, b), a >= b, in the array. */
function fillSymmetric(
  out: Float64Array,
  offset: number,
  columns: number,
  value: (a: number, b: number, at: number) => number,
): void {
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b <= a; b++) {
      const at = offset + a * columns + b;
      out[at] = out[offset + b * columns + a] = value(a, b, at);
    }
  }
}
