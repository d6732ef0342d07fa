import { applyScaling, DataError, matrix, ShapeError, type Engine, type Matrix } from '@shoal/core';
import type { UmapInit, UmapMetric } from './types.ts';

/** How neighbors in a metric are found by a search in the Euclidean metric. */
interface MetricKind {
  /** The points whose Euclidean neighbors are the neighbors in the metric. */
  readonly toSearched: (points: Matrix, engine: Engine, signal?: AbortSignal) => Matrix | Promise<Matrix>;
  /** A distance in the metric, from the distance between the searched points. */
  readonly distance: (euclidean: number) => number;
}

const unit = async (points: Matrix, engine: Engine, signal?: AbortSignal): Promise<Matrix> =>
  (await applyScaling(points, { kind: 'unit' }, engine, { signal })) as Matrix;

/** 1 - cos of two vectors of unit length is half the square of their distance. */
const halfSquare = (distance: number): number => (distance * distance) / 2;

const METRICS: Readonly<Record<UmapMetric, MetricKind>> = {
  euclidean: { toSearched: (points) => points, distance: (euclidean) => euclidean },
  cosine: { toSearched: unit, distance: halfSquare },
  correlation: {
    toSearched: (points, engine, signal) => unit(lessRowMeans(points), engine, signal),
    distance: halfSquare,
  },
  hellinger: { toSearched: rootsOfShares, distance: (euclidean) => euclidean / Math.SQRT2 },
};

export const UMAP_METRICS = Object.keys(METRICS) as readonly UmapMetric[];
export const UMAP_INITS: readonly UmapInit[] = ['spectral', 'pca', 'random'];

/**
 * The points whose Euclidean neighbors are the neighbors in the metric.
 *
 * @throws {ShapeError} when points of one column are to be correlated
 * @throws {DataError} when the metric is for distributions and a value is negative, or a row sums to 0
 */
export async function toSearched(
  points: Matrix,
  metric: UmapMetric,
  engine: Engine,
  signal?: AbortSignal,
): Promise<Matrix> {
  return METRICS[metric].toSearched(points, engine, signal);
}

/** Distances in the metric, from the distances between the searched points. */
export function distancesIn(metric: UmapMetric, distances: Float32Array): Float32Array {
  return metric === 'euclidean' ? distances : distances.map(METRICS[metric].distance);
}

function lessRowMeans(points: Matrix): Matrix {
  if (points.columns < 2) {
    throw new ShapeError(
      'Points of one column have no correlation; give them more columns or another metric.',
    );
  }
  return mapRows(points, (row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    return row.map((value) => value - mean);
  });
}

function rootsOfShares(points: Matrix): Matrix {
  return mapRows(points, (row, i) => {
    const negative = row.findIndex((value) => value < 0);
    if (negative >= 0) {
      throw new DataError(
        `The value at row ${i}, column ${negative} is ${row[negative]}; the Hellinger metric needs values of at least 0.`,
      );
    }
    const total = row.reduce((sum, value) => sum + value, 0);
    if (!(total > 0)) {
      throw new DataError(`Row ${i} is all zeros, which the Hellinger metric cannot compare; leave it out.`);
    }
    return row.map((value) => Math.sqrt(value / total));
  });
}

function mapRows(
  { data, rows, columns, scale }: Matrix,
  change: (row: Float64Array, index: number) => Float64Array,
): Matrix {
  const out = new Float32Array(data.length);
  const row = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) row[j] = data[i * columns + j] * scale;
    out.set(change(row, i), i * columns);
  }
  return matrix(out, rows, columns);
}
