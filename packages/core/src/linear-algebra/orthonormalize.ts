import { chunkRows, forEachChunk } from '../chunks.ts';

/**
 * Orthonormal columns that span those of A, by Householder reflections (Golub & Van Loan, "Matrix Computations", 4th
 * ed., section 5.2): the factor Q of A = Q R. Its columns are orthonormal up to rounding for every rank of A; where
 * columns of A depend on earlier ones, the columns of Q complete the basis.
 *
 * @param a row-major rows x columns, rows >= columns, finite; left unchanged
 * @returns Q, row-major rows x columns
 * @throws the signal's reason when it is aborted
 */
export async function orthonormalize(
  a: Float64Array,
  rows: number,
  columns: number,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const work = a.slice();
  const reflections: Float64Array[] = [];
  const chunk = chunkRows(4 * rows * columns);
  await forEachChunk(columns, chunk, signal, (start, end) => {
    for (let k = start; k < end; k++) {
      const reflection = reflectionOf(work, rows, columns, k);
      reflections.push(reflection);
      reflect(work, columns, reflection, k);
    }
  });
  const q = new Float64Array(rows * columns);
  for (let j = 0; j < columns; j++) q[j * columns + j] = 1;
  await forEachChunk(columns, chunk, signal, (start, end) => {
    for (let k = columns - 1 - start; k >= columns - end; k--) reflect(q, columns, reflections[k], k);
  });
  return q;
}

/** The unit vector v (zeros above element k) for which I - 2 v v^T zeroes column k below its diagonal; or zero. */
function reflectionOf(a: Float64Array, rows: number, columns: number, k: number): Float64Array {
  const v = new Float64Array(rows);
  let scale = 0;
  for (let i = k; i < rows; i++) scale = Math.max(scale, Math.abs(a[i * columns + k]));
  if (scale === 0) return v;
  for (let i = k; i < rows; i++) v[i] = a[i * columns + k] / scale;
  const norm = Math.sqrt(squaredNorm(v));
  v[k] += v[k] < 0 ? -norm : norm;
  const length = Math.sqrt(squaredNorm(v));
  return v.map((value) => value / length);
}

/** A - 2 v (v^T A), in place; v has zeros above element `first`. */
function reflect(a: Float64Array, columns: number, v: Float64Array, first: number): void {
  const product = new Float64Array(columns);
  for (let i = first; i < v.length; i++) {
    for (let j = 0; j < columns; j++) product[j] += v[i] * a[i * columns + j];
  }
  for (let i = first; i < v.length; i++) {
    const factor = 2 * v[i];
    for (let j = 0; j < columns; j++) a[i * columns + j] -= factor * product[j];
  }
}

function squaredNorm(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
