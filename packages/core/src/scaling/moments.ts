import type { ColumnMoments, SessionOptions } from '../engine/session.ts';
import type { Engine } from '../engine/engine.ts';
import { chunkRows, forEachChunk } from '../chunks.ts';
import { balanceWeights } from '../balance-weights.ts';
import { identity } from '../linear-algebra/identity.ts';
import { assertFinite, type DeviceMatrix, type Matrix, type Points } from '../matrix.ts';
import { forEachPart } from '../parts/part-reader.ts';
import { areParted, type PartedPoints } from '../parts/parted-points.ts';

/** Weighted mean and population variance of each column: in float64 on the host, else by the engine. */
export async function measureColumns(
  points: Points | PartedPoints,
  engine: Engine,
  options: SessionOptions,
): Promise<ColumnMoments> {
  if (points.location !== 'device') return hostColumns(points, options);
  const session = await engine.createMatrixProducts(points, options);
  try {
    return await session.columnMoments();
  } finally {
    session.destroy();
  }
}

/** Weighted population covariance, D x D: in float64 on the host, else by the engine. */
export async function measureCovariance(
  points: Points | PartedPoints,
  mean: Float64Array,
  engine: Engine,
  options: SessionOptions,
): Promise<Float64Array> {
  return points.location !== 'device'
    ? hostCovariance(points, mean, options)
    : deviceCovariance(points, mean, engine, options);
}

/**
 * First relative to the first row, which gives the means, then relative to the means, with a correction for their
 * rounding: values far from 0 keep their digits, and equal values have a variance of 0.
 */
async function hostColumns(points: Matrix | PartedPoints, options: SessionOptions): Promise<ColumnMoments> {
  const { columns } = points;
  let first: Float64Array | undefined;
  const offset = new Float64Array(columns);
  let total = 0;
  await forEachRow(points, columns, options, (row, weight) => {
    total += weight;
    first ??= row.slice();
    for (let j = 0; j < columns; j++) offset[j] += weight * (row[j] - first[j]);
  });
  const mean = offset.map((sum, j) => (first?.[j] ?? 0) + sum / total);
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
  points: Matrix | PartedPoints,
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

/**
 * The points less their mean, times themselves. The engine subtracts the mean in float32; the effect of that rounding
 * is corrected here.
 */
async function deviceCovariance(
  points: DeviceMatrix,
  mean: Float64Array,
  engine: Engine,
  options: SessionOptions,
): Promise<Float64Array> {
  const { columns, rows } = points;
  const weights = balanceWeights(options.weights);
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? rows;
  const session = await engine.createMatrixProducts(points, { ...options, weights });
  try {
    const shift = mean.map(Math.fround);
    await session.writeShift(shift);
    const products = await session.gram(identity(columns), columns);
    const off = mean.map((value, j) => value - shift[j]);
    const covariance = new Float64Array(columns * columns);
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j <= i; j++) {
        const both = (products[i * columns + j] + products[j * columns + i]) / 2;
        const value = both / total - off[i] * off[j];
        covariance[i * columns + j] = covariance[j * columns + i] = value;
      }
    }
    return covariance;
  } finally {
    session.destroy();
  }
}

/** Visits each row as float64 with its weight, in order; `row` is reused and may be overwritten. */
function forEachRow(
  points: Matrix | PartedPoints,
  operations: number,
  { weights, signal }: SessionOptions,
  visit: (row: Float64Array, weight: number) => void,
): Promise<void> {
  const row = new Float64Array(points.columns);
  const visitAll = ({ rows, columns, data, scale }: Matrix, first: number) =>
    forEachChunk(rows, chunkRows(operations), signal, (start, end) => {
      for (let i = start; i < end; i++) {
        for (let j = 0; j < columns; j++) row[j] = data[i * columns + j] * scale;
        visit(row, weights ? weights[first + i] : 1);
      }
    });
  if (!areParted(points)) return visitAll(points, 0);
  return forEachPart(
    points,
    signal,
    (part, start) => {
      assertFinite(part, start);
      return visitAll(part, start);
    },
    { reuses: true },
  );
}
