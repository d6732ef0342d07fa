import type { ColumnMoments, SessionOptions } from '../engine/session.ts';
import type { Engine } from '../engine/engine.ts';
import { chunkRows, forEachChunk } from '../chunks.ts';
import { balanceWeights } from '../gmm/balance-weights.ts';
import { gatherRows, type DeviceMatrix, type Matrix, type Points } from '../matrix.ts';

/**
 * Added to a device's covariance, as a share of the mean variance, so that a singular one can be factored
 * in float32, and taken off again here.
 */
const DEVICE_RIDGE = 1e-4;

/** Weighted mean and population variance of each column: in float64 on the host, else by the engine. */
export async function measureColumns(
  points: Points,
  engine: Engine,
  options: SessionOptions,
): Promise<ColumnMoments> {
  if (points.location === 'host') return hostColumns(points, options);
  const session = await engine.createKMeans(points, { ...options, clusters: 1 });
  try {
    return await session.columnMoments();
  } finally {
    session.destroy();
  }
}

/** Weighted population covariance, D x D: in float64 on the host, else by the engine. */
export async function measureCovariance(
  points: Points,
  moments: ColumnMoments,
  engine: Engine,
  options: SessionOptions,
): Promise<Float64Array> {
  return points.location === 'host'
    ? hostCovariance(points, moments.mean, options)
    : deviceCovariance(points, moments.variance, engine, options);
}

/**
 * About the first row, which finds the means, then about these, with what rounding left of them taken off again: values
 * far from 0 keep their digits, and equal values have a variance of 0.
 */
async function hostColumns(points: Matrix, options: SessionOptions): Promise<ColumnMoments> {
  const { columns } = points;
  const first = gatherRows(points, [0]);
  const offset = new Float64Array(columns);
  let total = 0;
  await forEachRow(points, columns, options, (row, weight) => {
    total += weight;
    for (let j = 0; j < columns; j++) offset[j] += weight * (row[j] - first[j]);
  });
  const mean = first.map((value, j) => value + offset[j] / total);
  const off = new Float64Array(columns);
  const squares = new Float64Array(columns);
  await forEachRow(points, columns, options, (row, weight) => {
    for (let j = 0; j < columns; j++) {
      const difference = row[j] - mean[j];
      off[j] += weight * difference;
      squares[j] += weight * difference * difference;
    }
  });
  const variance = squares.map((sum, j) => Math.max(0, sum / total - (off[j] / total) ** 2));
  return { mean, variance };
}

async function hostCovariance(
  points: Matrix,
  mean: Float64Array,
  options: SessionOptions,
): Promise<Float64Array> {
  const { columns } = points;
  const covariance = new Float64Array(columns * columns);
  let total = 0;
  await forEachRow(points, columns * columns, options, (row, weight) => {
    total += weight;
    for (let j = 0; j < columns; j++) row[j] -= mean[j];
    for (let i = 0; i < columns; i++) {
      const factor = weight * row[i];
      if (factor === 0) continue;
      for (let j = 0; j <= i; j++) covariance[i * columns + j] += factor * row[j];
    }
  });
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j <= i; j++) {
      covariance[i * columns + j] /= total;
      covariance[j * columns + i] = covariance[i * columns + j];
    }
  }
  return covariance;
}

/** The covariance of a mixture of one component that every point belongs to. */
async function deviceCovariance(
  points: DeviceMatrix,
  variance: Float64Array,
  engine: Engine,
  options: SessionOptions,
): Promise<Float64Array> {
  const { columns, rows } = points;
  const ridge = (DEVICE_RIDGE * variance.reduce((sum, value) => sum + value, 0)) / columns;
  if (ridge === 0) return new Float64Array(columns * columns);
  const session = await engine.createGaussianMixture(points, {
    ...options,
    weights: balanceWeights(options.weights),
    components: 1,
    covarianceType: 'full',
    regCovar: ridge,
  });
  try {
    await session.initialize({ kind: 'labels', labels: new Uint32Array(rows) });
    const { covariances } = await session.readParameters();
    for (let j = 0; j < columns; j++) covariances[j * columns + j] -= ridge;
    return covariances;
  } finally {
    session.destroy();
  }
}

/** Visits each row as float64 with its weight; `row` is reused and may be overwritten. */
function forEachRow(
  points: Matrix,
  operations: number,
  { weights, signal }: SessionOptions,
  visit: (row: Float64Array, weight: number) => void,
): Promise<void> {
  const { columns, data, scale } = points;
  const row = new Float64Array(columns);
  return forEachChunk(points.rows, chunkRows(operations), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      for (let j = 0; j < columns; j++) row[j] = data[i * columns + j] * scale;
      visit(row, weights ? weights[i] : 1);
    }
  });
}
