import type { CovarianceType } from '@shoal/core';
import type { Work } from '../bench-case.ts';

export interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
}

/** Work of Lloyd iterations by the plain algorithm, even if a cleverer one skips some of it. */
export function lloydWork({ rows, columns, clusters }: Shape, iterations: number): Work {
  return {
    flops: iterations * (2 * rows * clusters * columns + rows * columns),
    bytes: iterations * 4 * rows * columns,
    formula: `${iterations} x (2 N K D + N D) FLOP, ${iterations} x 4 N D bytes`,
  };
}

/** Work of seeding by greedy k-means++: every seed except the first measures its candidates against all points. */
export function seedingWork({ rows, columns, clusters }: Shape): Work {
  const trials = 2 + Math.floor(Math.log(clusters));
  return {
    flops: 2 * rows * columns * trials * (clusters - 1),
    bytes: 4 * rows * columns * (clusters - 1),
    formula: '2 N D (2 + floor(ln K)) (K - 1) FLOP, 4 N D (K - 1) bytes',
  };
}

/** Work of EM iterations: densities, then moments. */
export function emWork(
  { rows, columns, clusters }: Shape,
  covarianceType: CovarianceType,
  iterations: number,
): Work {
  const perPair = {
    full: 2 * columns * columns + 4 * columns,
    tied: columns * columns + 4 * columns,
    diag: 8 * columns,
    spherical: 6 * columns,
  }[covarianceType];
  const formula = { full: '2 D^2 + 4 D', tied: 'D^2 + 4 D', diag: '8 D', spherical: '6 D' }[covarianceType];
  return {
    flops: iterations * rows * clusters * perPair,
    bytes: iterations * 4 * rows * columns,
    formula: `${iterations} x N K (${formula}) FLOP, ${iterations} x 4 N D bytes`,
  };
}
