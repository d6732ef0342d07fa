import type { Pausable } from '../chunks.ts';

/** Multiply-adds between two pauses, about a millisecond. */
const OPERATIONS_PER_PAUSE = 1e6;

/**
 * Cholesky factor of a symmetric positive definite matrix: A = L L^T (Golub & Van Loan, "Matrix
 * Computations", 4th ed., algorithm 4.2.5). Only the lower triangle of A is read.
 *
 * @param a row-major d x d block that starts at `offset`
 * @returns L, row-major d x d with zeros above the diagonal; `undefined` when A is not positive definite
 *   (or not finite)
 */
export function* choleskyLower(
  a: Float64Array,
  offset: number,
  d: number,
): Pausable<Float64Array | undefined> {
  const l = new Float64Array(d * d);
  for (let i = 0; i < d; i++) l.set(a.subarray(offset + i * d, offset + i * d + i + 1), i * d);
  const column = new Float64Array(d);
  let operations = 0;
  // Column by column: these differences can be computed in parallel, but each term of a sum along a row must wait for
  // the one before.
  for (let k = 0; k < d; k++) {
    const pivot = l[k * d + k];
    if (!(pivot > 0 && pivot < Infinity)) return undefined;
    const root = Math.sqrt(pivot);
    l[k * d + k] = root;
    for (let i = k + 1; i < d; i++) column[i] = l[i * d + k] = l[i * d + k] / root;
    for (let i = k + 1; i < d; i++) {
      const factor = column[i];
      const row = i * d;
      for (let j = k + 1; j <= i; j++) l[row + j] -= factor * column[j];
    }
    operations += (d - k) ** 2 / 2;
    if (operations >= OPERATIONS_PER_PAUSE) {
      operations = 0;
      yield;
    }
  }
  return l;
}

/**
 * Inverse of a lower triangular matrix with a non-zero diagonal, by forward substitution.
 *
 * For L from `choleskyLower(covariance)`, the transpose of the result is the upper triangular
 * Cholesky factor of the precision: precision = L^-T L^-1.
 *
 * @param l row-major d x d, zeros above the diagonal
 * @returns L^-1, row-major d x d with zeros above the diagonal
 */
export function* invertLower(l: Float64Array, d: number): Pausable<Float64Array> {
  const inverse = new Float64Array(d * d);
  let operations = 0;
  for (let i = 0; i < d; i++) {
    const row = i * d;
    for (let k = 0; k < i; k++) {
      const factor = l[row + k];
      for (let j = 0; j <= k; j++) inverse[row + j] -= factor * inverse[k * d + j];
    }
    for (let j = 0; j < i; j++) inverse[row + j] /= l[row + i];
    inverse[row + i] = 1 / l[row + i];
    operations += i ** 2 / 2;
    if (operations >= OPERATIONS_PER_PAUSE) {
      operations = 0;
      yield;
    }
  }
  return inverse;
}
