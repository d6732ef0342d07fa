import type { Engine } from '../engine/engine.ts';
import { chunkRows, forEachChunk } from '../chunks.ts';
import { DataError } from '../errors.ts';
import { assertFinite, matrix, type Matrix, type Points } from '../matrix.ts';
import { requireOneOf } from '../validation.ts';

/**
 * Distances between points: `euclidean`, or `cosine`, 1 - cos. The second is half the square of the Euclidean distance
 * of the rows at unit length, and is computed as that.
 */
export type DensityMetric = 'euclidean' | 'cosine';

export const DENSITY_METRICS: readonly DensityMetric[] = ['euclidean', 'cosine'];

/**
 * The points whose Euclidean distances are in the order of the distances in the metric, on the host.
 *
 * @throws {InvalidArgumentError} for another metric
 * @throws {DataError} when a value is NaN or infinite, or a row without length has no direction to compare
 * @throws the signal's reason when it is aborted
 */
export async function toCompared(
  points: Points,
  metric: DensityMetric,
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<Matrix> {
  requireOneOf('metric', metric, DENSITY_METRICS);
  const host = points.location === 'device' ? await engine.download(points) : points;
  assertFinite(host);
  return metric === 'cosine' ? toUnitRows(host, signal) : host;
}

/** A distance in the metric from the Euclidean distance of the compared points. */
export function distanceIn(metric: DensityMetric, euclidean: number): number {
  return metric === 'cosine' ? (euclidean * euclidean) / 2 : euclidean;
}

/** In float64: rounding the rows to float32 would show in the distances of near ones. */
async function toUnitRows(points: Matrix, signal: AbortSignal | undefined): Promise<Matrix> {
  const { rows, columns, data } = points;
  const unit = new Float64Array(rows * columns);
  await forEachChunk(rows, chunkRows(columns), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      let sum = 0;
      for (let j = i * columns; j < (i + 1) * columns; j++) sum += data[j] * data[j];
      if (sum === 0) {
        throw new DataError(
          `Row ${i} is all zeros, which the cosine metric cannot compare; leave the row out.`,
        );
      }
      const length = Math.sqrt(sum);
      for (let j = i * columns; j < (i + 1) * columns; j++) unit[j] = data[j] / length;
    }
  });
  return matrix(unit, rows, columns);
}
