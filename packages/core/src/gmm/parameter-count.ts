import type { CovarianceType } from '../engine/mixture/session.ts';

/** Free parameters of a mixture of K components in D dimensions: covariances, K D means, K - 1 weights. */
export function parameterCount(type: CovarianceType, components: number, columns: number): number {
  return covarianceParameters(type, components, columns) + components * columns + components - 1;
}

function covarianceParameters(type: CovarianceType, components: number, columns: number): number {
  const symmetric = (columns * (columns + 1)) / 2;
  switch (type) {
    case 'full':
      return components * symmetric;
    case 'tied':
      return symmetric;
    case 'diag':
      return components * columns;
    case 'spherical':
      return components;
  }
}
