import { DataError, ShapeError } from '../errors.ts';
import { gatherRows, type Matrix, type MatrixData } from '../matrix.ts';
import { POINT_DISTANCES, type DistanceMetric } from './distance-metrics.ts';
import type { Tile, TilePair } from './distance-tiles.ts';

/**
 * Adds the distance between each point of one tile and each of the other to both points' sums.
 *
 * @param sums one sum per point, by position in the order of clusters
 */
export type AddDistances = (pair: Pick<TilePair, 'a' | 'b'>, sums: Float64Array) => void;

/** @throws {ShapeError} when there is not one row and one column per point */
export function assertSquare({ rows, columns }: Matrix): void {
  if (rows === columns) return;
  throw new ShapeError(
    `Precomputed distances form a square matrix, one row and column per point; got ${String(rows)} x ${String(columns)}.`,
  );
}

/**
 * The allowed error of a given distance of 0, such as 1 - x.x for cosine: 100 units of its type, as in scikit-learn;
 * whole numbers are exact.
 */
function roundingOf(data: MatrixData): number {
  if (data instanceof Uint8Array) return 0;
  return 100 * (data instanceof Float32Array ? 2 ** -23 : Number.EPSILON);
}

/** Distances read from a matrix of them; if it is not symmetric, each point uses its own row. */
export function precomputedDistances(distances: Matrix, order: Uint32Array): AddDistances {
  assertSquare(distances);
  const { data, rows, scale } = distances;
  const rounding = roundingOf(data);
  for (let i = 0; i < rows; i++) {
    if (Math.abs(data[i * rows + i] * scale) > rounding) {
      throw new DataError(
        `Point ${String(i)} has a precomputed distance of ${String(data[i * rows + i] * scale)} to itself; ` +
          'the diagonal of a distance matrix is 0. Are these similarities?',
      );
    }
  }
  return ({ a, b }, sums) => {
    for (let i = a.start; i < a.end; i++) {
      for (let j = a === b ? i + 1 : b.start; j < b.end; j++) {
        sums[i] += data[order[i] * rows + order[j]] * scale;
        sums[j] += data[order[j] * rows + order[i]] * scale;
      }
    }
  };
}

/**
 * Euclidean distances. The coordinates are subtracted before they are squared: the quicker
 * |x|^2 - 2 x y + |y|^2 loses near points.
 */
export function euclideanDistances(points: Matrix, order: Uint32Array): AddDistances {
  const { columns } = points;
  const coordinates = (tile: Tile): Float64Array => gatherRows(points, order.subarray(tile.start, tile.end));
  return ({ a, b }, sums) => {
    const left = coordinates(a);
    const right = a === b ? left : coordinates(b);
    const add = (i: number, j: number, squared: number): void => {
      const distance = Math.sqrt(squared);
      sums[i] += distance;
      sums[j] += distance;
    };

    for (let i = a.start; i < a.end; i++) {
      const x = (i - a.start) * columns;
      let j = a === b ? i + 1 : b.start;
      // Four points at a time: each coordinate of x is read once, and the four sums do not wait for each other.
      for (; j + 4 <= b.end; j += 4) {
        const y0 = (j - b.start) * columns;
        const y1 = y0 + columns;
        const y2 = y1 + columns;
        const y3 = y2 + columns;
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        for (let d = 0; d < columns; d++) {
          const value = left[x + d];
          const d0 = value - right[y0 + d];
          const d1 = value - right[y1 + d];
          const d2 = value - right[y2 + d];
          const d3 = value - right[y3 + d];
          s0 += d0 * d0;
          s1 += d1 * d1;
          s2 += d2 * d2;
          s3 += d3 * d3;
        }
        add(i, j, s0);
        add(i, j + 1, s1);
        add(i, j + 2, s2);
        add(i, j + 3, s3);
      }
      for (; j < b.end; j++) {
        const y = (j - b.start) * columns;
        let s = 0;
        for (let d = 0; d < columns; d++) {
          const difference = left[x + d] - right[y + d];
          s += difference * difference;
        }
        add(i, j, s);
      }
    }
  };
}

/** Distances of any metric, pair by pair: a few times slower than `euclideanDistances`. */
export function metricDistances(metric: DistanceMetric): typeof euclideanDistances {
  const between = POINT_DISTANCES[metric];
  return (points, order) => {
    const { columns } = points;
    const coordinates = (tile: Tile): Float64Array =>
      gatherRows(points, order.subarray(tile.start, tile.end));
    return ({ a, b }, sums) => {
      const left = coordinates(a);
      const right = a === b ? left : coordinates(b);
      for (let i = a.start; i < a.end; i++) {
        for (let j = a === b ? i + 1 : b.start; j < b.end; j++) {
          const distance = between(left, (i - a.start) * columns, right, (j - b.start) * columns, columns);
          sums[i] += distance;
          sums[j] += distance;
        }
      }
    };
  };
}
