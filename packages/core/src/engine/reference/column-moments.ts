import type { Matrix } from '../../matrix.ts';
import type { PartedPoints } from '../../parts/parted-points.ts';
import type { ColumnMoments } from '../session.ts';
import { forEachPoint } from './for-each-point.ts';

/** Weighted mean and population variance of each column, the variance in a second pass about the mean. */
export async function columnMoments(
  points: Matrix | PartedPoints,
  weights: Float32Array | undefined,
  signal: AbortSignal | undefined,
): Promise<ColumnMoments> {
  const { columns } = points;
  const mean = new Float64Array(columns);
  const variance = new Float64Array(columns);
  let total = 0;
  await forEachPoint(points, columns, signal, (row, i) => {
    const weight = weights?.[i] ?? 1;
    total += weight;
    for (let j = 0; j < columns; j++) mean[j] += weight * row[j];
  });
  for (let j = 0; j < columns; j++) mean[j] /= total;
  await forEachPoint(points, columns, signal, (row, i) => {
    const weight = weights?.[i] ?? 1;
    for (let j = 0; j < columns; j++) variance[j] += weight * (row[j] - mean[j]) ** 2;
  });
  for (let j = 0; j < columns; j++) variance[j] /= total;
  return { mean, variance };
}
