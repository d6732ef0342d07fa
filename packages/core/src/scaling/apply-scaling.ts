import type { Engine } from '../engine/engine.ts';
import type { SessionOptions } from '../engine/session.ts';
import { chunkRows, forEachChunk } from '../chunks.ts';
import { ShapeError } from '../errors.ts';
import { assertFinite, matrix, type Matrix, type Points } from '../matrix.ts';
import type { RowScaling } from './types.ts';

/**
 * Applies a fitted row scaling. Host matrices are scaled here in float64 and come back as float32; points on
 * a device stay there and the caller owns the new ones.
 *
 * @throws {ShapeError} when the scaling was fitted to another number of columns
 * @throws {DataError} when points on the host are NaN or infinite
 * @throws the signal's reason when it is aborted
 */
export async function applyScaling(
  points: Points,
  scaling: RowScaling,
  engine: Engine,
  { signal }: Pick<SessionOptions, 'signal'> = {},
): Promise<Points> {
  if (scaling.kind !== 'unit' && scaling.mean.length !== points.columns) {
    throw new ShapeError(
      `The row scaling was fitted to ${scaling.mean.length} columns but the points have ${points.columns}.`,
    );
  }
  if (points.location === 'device') return engine.scaleRows(points, scaling);
  // After scaling, one could no longer say which value was wrong.
  assertFinite(points);
  return scaleHostRows(points, scaling, signal);
}

/** Points after a chain of row scalings, and a function that frees what the chain made on a device. */
export interface ScaledPoints {
  readonly points: Points;
  release(): void;
}

/** Applies scalings one after the other; those that are `undefined` are left out. */
export async function applyScalings(
  points: Points,
  scalings: readonly (RowScaling | undefined)[],
  engine: Engine,
  options: Pick<SessionOptions, 'signal'>,
): Promise<ScaledPoints> {
  let scaled = points;
  const release = () => {
    if (scaled !== points && scaled.location === 'device') scaled.destroy();
  };
  try {
    for (const scaling of scalings) {
      if (!scaling) continue;
      const next = await applyScaling(scaled, scaling, engine, options);
      release();
      scaled = next;
    }
  } catch (error) {
    release();
    throw error;
  }
  return { points: scaled, release };
}

/** Scales the rows of a host matrix in float64, to float32. */
export async function scaleHostRows(
  points: Matrix,
  scaling: RowScaling,
  signal?: AbortSignal,
): Promise<Matrix> {
  const { rows, columns, data, scale } = points;
  const out = new Float32Array(rows * columns);
  const row = new Float64Array(columns);
  const scaleRow = rowScaler(scaling, columns);
  const operations = scaling.kind === 'whiten' ? columns * columns : columns;
  await forEachChunk(rows, chunkRows(operations), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      for (let j = 0; j < columns; j++) row[j] = data[i * columns + j] * scale;
      scaleRow(row, out, i * columns);
    }
  });
  return matrix(out, rows, columns);
}

/** A function that writes one scaled row to `out`; it may overwrite `row`. */
function rowScaler(
  scaling: RowScaling,
  columns: number,
): (row: Float64Array, out: Float32Array, offset: number) => void {
  switch (scaling.kind) {
    case 'unit':
      return (row, out, offset) => {
        const factor = inverseNorm(row);
        for (let j = 0; j < columns; j++) out[offset + j] = row[j] * factor;
      };
    case 'standardize':
      return (row, out, offset) => {
        for (let j = 0; j < columns; j++) out[offset + j] = (row[j] - scaling.mean[j]) * scaling.factors[j];
      };
    case 'whiten':
      return (row, out, offset) => {
        for (let j = 0; j < columns; j++) row[j] -= scaling.mean[j];
        for (let i = 0; i < columns; i++) {
          let sum = 0;
          for (let j = 0; j < columns; j++) sum += row[j] * scaling.factors[j * columns + i];
          out[offset + i] = sum;
        }
      };
  }
}

/** 1 / |row|, or 0 for a row of zeros, which has no direction and stays as it is. */
function inverseNorm(row: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < row.length; j++) sum += row[j] * row[j];
  return sum > 0 ? 1 / Math.sqrt(sum) : 0;
}
