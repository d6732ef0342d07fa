import { ShapeError } from '../errors.ts';
import { requireHeld } from '../linear-algebra/matrix-size.ts';
import { assertFinite, gatherRows, matrix, type Matrix } from '../matrix.ts';
import { matrixOf, type MatrixLike } from '../points-like.ts';
import { requireNoOverflow, requireOneOf } from '../validation.ts';
import { DISTANCE_METRICS, POINT_DISTANCES, type DistanceMetric } from './distance-metrics.ts';

/** Options of `pairwiseDistances`. */
export interface PairwiseDistancesOptions {
  /** Default `'euclidean'`. */
  readonly metric?: DistanceMetric | undefined;
}

/**
 * Distance of each of the first points to each of the second, in float64 on the host. Without the second, distances are
 * among the first: then the matrix is symmetric with a diagonal of 0. The result has N x M values, so check that it
 * fits into memory.
 *
 * @param first N x D: rows of numbers, `{ data, columns }` or a matrix
 * @param second M x D
 * @returns N x M
 * @throws {InvalidArgumentError} when the points are not a matrix, or the metric is unknown
 * @throws {ShapeError} when the two differ in columns
 * @throws {UnsupportedError} when the table would have more than 2^29 distances
 * @throws {DataError} when a value is NaN or infinite, or so large that distances are not finite
 */
export function pairwiseDistances(
  first: MatrixLike,
  second: MatrixLike = first,
  { metric = 'euclidean' }: PairwiseDistancesOptions = {},
): Matrix {
  const between = POINT_DISTANCES[requireOneOf('The metric', metric, DISTANCE_METRICS)];
  const a = matrixOf(first);
  const b = second === first ? a : matrixOf(second);
  for (const points of new Set([a, b])) assertFinite(points);
  const { columns } = a;
  if (b.columns !== columns) {
    throw new ShapeError(
      `Points of ${columns} and of ${b.columns} columns have no distance; both must have the same number of columns.`,
    );
  }
  requireHeld(
    `The distances of ${a.rows} points to ${b.rows}`,
    a.rows * b.rows,
    'Compute them for a part of the points at a time.',
  );
  const [left, right] = a === b ? [valuesOf(a), undefined] : [valuesOf(a), valuesOf(b)];
  const out = new Float64Array(a.rows * b.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = right ? 0 : i + 1; j < b.rows; j++) {
      const distance = between(left, i * columns, right ?? left, j * columns, columns);
      out[i * b.rows + j] = requireNoOverflow('A distance', distance);
      if (!right) out[j * b.rows + i] = distance;
    }
  }
  return matrix(out, a.rows, b.rows);
}

function valuesOf(points: Matrix): Float64Array {
  return gatherRows(
    points,
    Uint32Array.from({ length: points.rows }, (_, i) => i),
  );
}
