import { chunkRows, forEachChunk } from '../chunks.ts';
import { DataError } from '../errors.ts';
import { symmetricPart } from './narrow-products.ts';

/** Eigenvalues in descending order and the matrix whose columns are the matching unit eigenvectors. */
export interface SymmetricEigen {
  /** D values. */
  readonly values: Float64Array;
  /** D x D, row-major; column j belongs to `values[j]`. */
  readonly vectors: Float64Array;
}

/**
 * A symmetric matrix on its way to be diagonal. `v` holds the transposed transformation: its rows are contiguous where
 * EISPACK's loops run down columns.
 */
interface Work {
  readonly size: number;
  readonly v: Float64Array;
  readonly diagonal: Float64Array;
  /** Beside the diagonal; element i is between i - 1 and i. */
  readonly beside: Float64Array;
  readonly signal: AbortSignal | undefined;
}

/**
 * Eigen-decomposition of a symmetric matrix: Householder's reduction to tridiagonal form, then QL iterations with
 * implicit shifts (Golub & Van Loan, "Matrix Computations", 4th ed., section 8.3; Bowdler, Martin, Reinsch & Wilkinson,
 * Numerische Mathematik 11, 1968, as EISPACK's tred2 and tql2 have it). Eigenvalues are exact to a few roundings of the
 * largest one. About 9 D^3 operations.
 *
 * @param a row-major D x D; only the symmetric part matters; left unchanged
 * @throws {DataError} when the matrix holds NaN or infinity
 * @throws the signal's reason when it is aborted
 */
export async function symmetricEigen(
  a: Float64Array,
  d: number,
  signal?: AbortSignal,
): Promise<SymmetricEigen> {
  if (!Number.isFinite(a.reduce((sum, value) => sum + value * value, 0))) {
    throw new DataError(
      'A matrix with NaN or infinite values has no eigenvectors; check the data it came from.',
    );
  }
  const work: Work = {
    size: d,
    v: symmetricPart(a, d),
    diagonal: new Float64Array(d),
    beside: new Float64Array(d),
    signal,
  };
  await reduce(work);
  await accumulate(work);
  await iterate(work);
  return sortDescending(work);
}

/** Householder reflections from the last row up; they stay in `v`, their squared norms in `diagonal`. */
async function reduce({ size: n, v, diagonal: d, beside: e, signal }: Work): Promise<void> {
  for (let j = 0; j < n; j++) d[j] = v[j * n + n - 1];
  await forEachChunk(n - 1, chunkRows(4 * n * n), signal, (start, end) => {
    for (let i = n - 1 - start; i > n - 1 - end; i--) reduceRow(i);
  });

  function reduceRow(i: number): void {
    let scale = 0;
    let h = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]);
    if (scale === 0) {
      e[i] = d[i - 1];
      for (let j = 0; j < i; j++) {
        d[j] = v[j * n + i - 1];
        v[j * n + i] = 0;
        v[i * n + j] = 0;
      }
      d[i] = 0;
      return;
    }
    for (let k = 0; k < i; k++) {
      d[k] /= scale;
      h += d[k] * d[k];
    }
    const f = d[i - 1];
    const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
    e[i] = scale * g;
    h -= f * g;
    d[i - 1] = f - g;
    e.fill(0, 0, i);
    for (let j = 0; j < i; j++) {
      const row = j * n;
      const dj = d[j];
      v[i * n + j] = dj;
      let sum = e[j] + v[row + j] * dj;
      for (let k = j + 1; k < i; k++) {
        sum += v[row + k] * d[k];
        e[k] += v[row + k] * dj;
      }
      e[j] = sum;
    }
    let dot = 0;
    for (let j = 0; j < i; j++) {
      e[j] /= h;
      dot += e[j] * d[j];
    }
    const half = dot / (h + h);
    for (let j = 0; j < i; j++) e[j] -= half * d[j];
    for (let j = 0; j < i; j++) {
      const row = j * n;
      const dj = d[j];
      const ej = e[j];
      for (let k = j; k < i; k++) v[row + k] -= dj * e[k] + ej * d[k];
      d[j] = v[row + i - 1];
      v[row + i] = 0;
    }
    d[i] = h;
  }
}

/** Multiplies the reflections together. */
async function accumulate({ size: n, v, diagonal: d, beside: e, signal }: Work): Promise<void> {
  await forEachChunk(n - 1, chunkRows(4 * n * n), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      const next = (i + 1) * n;
      v[i * n + n - 1] = v[i * n + i];
      v[i * n + i] = 1;
      const h = d[i + 1];
      if (h !== 0) {
        for (let k = 0; k <= i; k++) d[k] = v[next + k] / h;
        for (let j = 0; j <= i; j++) {
          const row = j * n;
          let g = 0;
          for (let k = 0; k <= i; k++) g += v[next + k] * v[row + k];
          for (let k = 0; k <= i; k++) v[row + k] -= g * d[k];
        }
      }
      v.fill(0, next, next + i + 1);
    }
  });
  for (let j = 0; j < n; j++) {
    d[j] = v[j * n + n - 1];
    v[j * n + n - 1] = 0;
  }
  v[n * n - 1] = 1;
  e[0] = 0;
}

/** QL iterations on the tridiagonal matrix, one eigenvalue after another. */
async function iterate({ size: n, v, diagonal: d, beside: e, signal }: Work): Promise<void> {
  e.copyWithin(0, 1);
  e[n - 1] = 0;
  let shift = 0;
  let largest = 0;
  await forEachChunk(n, chunkRows(12 * n * n), signal, (start, end) => {
    for (let l = start; l < end; l++) {
      largest = Math.max(largest, Math.abs(d[l]) + Math.abs(e[l]));
      let m = l;
      while (Math.abs(e[m]) > Number.EPSILON * largest) m++;
      if (m > l) {
        do shift += sweep(l, m);
        while (Math.abs(e[l]) > Number.EPSILON * largest);
      }
      d[l] += shift;
      e[l] = 0;
    }
  });

  /** One iteration between l and m; returns its shift. */
  function sweep(l: number, m: number): number {
    const first = d[l];
    const theta = (d[l + 1] - first) / (2 * e[l]);
    const root = theta < 0 ? theta - Math.hypot(theta, 1) : theta + Math.hypot(theta, 1);
    d[l] = e[l] / root;
    d[l + 1] = e[l] * root;
    const second = d[l + 1];
    const moved = first - d[l];
    for (let i = l + 2; i < n; i++) d[i] -= moved;
    let p = d[m];
    let [c, c2, c3, s, s2] = [1, 1, 1, 0, 0];
    const besideSecond = e[l + 1];
    for (let i = m - 1; i >= l; i--) {
      c3 = c2;
      c2 = c;
      s2 = s;
      const g = c * e[i];
      const h = c * p;
      const r = Math.hypot(p, e[i]);
      e[i + 1] = s * r;
      s = e[i] / r;
      c = p / r;
      p = c * d[i] - s * g;
      d[i + 1] = h + s * (c * g + s * d[i]);
      turn(i * n, c, s);
    }
    p = (-s * s2 * c3 * besideSecond * e[l]) / second;
    e[l] = s * p;
    d[l] = c * p;
    return moved;
  }

  /** Rotates two neighboring eigenvectors, rows of the transposed matrix. */
  function turn(row: number, c: number, s: number): void {
    for (let k = row; k < row + n; k++) {
      const x = v[k];
      const y = v[k + n];
      v[k + n] = s * x + c * y;
      v[k] = c * x - s * y;
    }
  }
}

function sortDescending({ size: n, v, diagonal }: Work): SymmetricEigen {
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => diagonal[j] - diagonal[i]);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let k = 0; k < n; k++) vectors[k * n + to] = v[from * n + k];
  });
  return { values: Float64Array.from(order, (i) => diagonal[i]), vectors };
}
