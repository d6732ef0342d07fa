import { triangleSize } from '../../kernels/mixture/cross-moments.ts';
import type { MixturePlan } from './plan.ts';

/**
 * Converts covariances, shaped by their type (see `CovarianceType`), to the device's format: packed lower triangles, or
 * variances.
 */
export function packCovariances(
  covariances: Float64Array,
  { triangular, columns, covarianceElements }: MixturePlan,
): Float64Array {
  if (!triangular) return covariances;
  const packed = new Float64Array(covarianceElements);
  const size = triangleSize(columns);
  packed.forEach((_, element) => {
    const matrix = Math.floor(element / size);
    const [i, j] = triangleIndex(element % size);
    packed[element] = covariances[(matrix * columns + i) * columns + j]!;
  });
  return packed;
}

/** The inverse of `packCovariances`. */
export function unpackCovariances(
  packed: Float64Array,
  { triangular, columns, covariances }: MixturePlan,
): Float64Array {
  if (!triangular) return packed;
  const size = triangleSize(columns);
  const out = new Float64Array(covariances * columns * columns);
  packed.forEach((value, element) => {
    const matrix = Math.floor(element / size);
    const [i, j] = triangleIndex(element % size);
    out[(matrix * columns + i) * columns + j] = value;
    out[(matrix * columns + j) * columns + i] = value;
  });
  return out;
}

/** Row and column of an element of a packed lower triangle. */
function triangleIndex(element: number): readonly [row: number, column: number] {
  const row = Math.floor((Math.sqrt(8 * element + 1) - 1) / 2);
  return [row, element - triangleSize(row)];
}
