/**
 * Cholesky factor of a symmetric positive definite matrix: A = L L^T (Golub & Van Loan, "Matrix
 * Computations", 4th ed., algorithm 4.2.1). Only the lower triangle of A is read.
 *
 * @param a row-major d x d block that starts at `offset`
 * @returns L, row-major d x d with zeros above the diagonal; `undefined` when A is not positive definite
 *   (or not finite)
 */
export function choleskyLower(a: Float64Array, offset: number, d: number): Float64Array | undefined {
  const l = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[offset + i * d + j];
      for (let k = 0; k < j; k++) sum -= l[i * d + k] * l[j * d + k];
      if (i !== j) {
        l[i * d + j] = sum / l[j * d + j];
      } else if (sum > 0 && sum < Infinity) {
        l[i * d + i] = Math.sqrt(sum);
      } else {
        return undefined;
      }
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
export function invertLower(l: Float64Array, d: number): Float64Array {
  const inverse = new Float64Array(d * d);
  for (let j = 0; j < d; j++) {
    inverse[j * d + j] = 1 / l[j * d + j];
    for (let i = j + 1; i < d; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= l[i * d + k] * inverse[k * d + j];
      inverse[i * d + j] = sum / l[i * d + i];
    }
  }
  return inverse;
}
