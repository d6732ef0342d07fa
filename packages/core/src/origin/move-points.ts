import type { Engine } from '../engine/engine.ts';
import { chunkRows, forEachChunk } from '../chunks.ts';
import { DataError } from '../errors.ts';
import { matrix, type Matrix, type Points } from '../matrix.ts';
import { forEachPart } from '../parts/part-reader.ts';
import type { PartedPoints } from '../parts/parted-points.ts';
import { findOrigin } from './find-origin.ts';

interface MoveOptions {
  readonly weights?: ArrayLike<number> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Points, what was subtracted from them, and their middle after that; absent for bytes and for points on a device,
 * which are not looked at.
 */
export interface CenteredPoints {
  readonly points: Points;
  readonly origin: Float64Array | undefined;
  readonly center: Float64Array | undefined;
}

/**
 * Points to fit, moved to an origin of their own when they lie far from 0. Points on a device stay as they are.
 *
 * @throws like `movePoints`
 */
export async function centerPoints(
  points: Points,
  engine: Pick<Engine, 'info'>,
  { weights, signal }: MoveOptions,
): Promise<CenteredPoints> {
  if (points.location === 'device') return { points, origin: undefined, center: undefined };
  const found = findOrigin(points, weights);
  const moved = await movePoints(points, found?.origin, engine, signal);
  return { points: moved, origin: found?.origin, center: found?.center };
}

/**
 * The points less an origin, subtracted in float64 and then rounded to what the engine computes in. Without an origin
 * they are the same points.
 *
 * @param origin D values
 * @throws {DataError} when a difference is too large for float32
 * @throws the signal's reason when it is aborted
 */
export async function movePoints(
  points: Matrix,
  origin: Float64Array | undefined,
  engine: Pick<Engine, 'info'>,
  signal?: AbortSignal,
): Promise<Matrix> {
  if (origin === undefined) return points;
  const { data, rows, columns, scale } = points;
  const moved = isExact(engine) ? new Float64Array(data.length) : new Float32Array(data.length);
  await forEachChunk(rows, chunkRows(columns), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      for (let j = 0; j < columns; j++) {
        const at = i * columns + j;
        moved[at] = data[at] * scale - origin[j];
        if (!Number.isFinite(moved[at]) && Number.isFinite(data[at])) throw tooFar(data[at], i, j);
      }
    }
  });
  return matrix(moved, rows, columns);
}

/**
 * How much each column loses when points, less an origin, become float32: the root mean square of the rounding errors,
 * D values. Undefined for float32 points that are not moved, for bytes, for points on a device, and for an engine that
 * takes float64.
 *
 * @throws the signal's reason when it is aborted
 */
export async function measureRounding(
  points: Points,
  origin: Float64Array | undefined,
  engine: Pick<Engine, 'info'>,
  { weights, signal }: MoveOptions,
): Promise<Float64Array | undefined> {
  if (points.location === 'device' || !isRounded(points, origin, engine)) return undefined;
  const squares = new Float64Array(points.columns);
  const total = await addRounding(squares, points, origin, { weights, signal });
  return squares.map((sum) => Math.sqrt(sum / total));
}

/**
 * The same for points in parts.
 *
 * @param sample a matrix like the parts
 */
export async function roundingOfParts(
  points: PartedPoints,
  sample: Matrix,
  origin: Float64Array | undefined,
  engine: Pick<Engine, 'info'>,
  {
    weights,
    signal,
  }: { readonly weights: Float32Array | undefined; readonly signal?: AbortSignal | undefined },
): Promise<Float64Array | undefined> {
  if (!isRounded(sample, origin, engine)) return undefined;
  const squares = new Float64Array(points.columns);
  let total = 0;
  await forEachPart(
    points,
    signal,
    async (part, start) => {
      const own = weights?.subarray(start, start + part.rows);
      total += await addRounding(squares, part, origin, { weights: own, signal });
    },
    { reuses: true },
  );
  return squares.map((sum) => Math.sqrt(sum / total));
}

function isRounded(
  { data }: Matrix,
  origin: Float64Array | undefined,
  engine: Pick<Engine, 'info'>,
): boolean {
  if (isExact(engine)) return false;
  return data instanceof Float64Array || (data instanceof Float32Array && origin !== undefined);
}

/** Adds the weighted squares of rounding errors; returns the sum of the weights. */
async function addRounding(
  squares: Float64Array,
  { data, rows, columns, scale }: Matrix,
  origin: Float64Array | undefined,
  { weights, signal }: MoveOptions,
): Promise<number> {
  let total = 0;
  await forEachChunk(rows, chunkRows(columns), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      const weight = weights?.[i] ?? 1;
      total += weight;
      for (let j = 0; j < columns; j++) {
        const value = data[i * columns + j] * scale - (origin?.[j] ?? 0);
        squares[j] += weight * (value - Math.fround(value)) ** 2;
      }
    }
  });
  return total;
}

function isExact({ info }: Pick<Engine, 'info'>): boolean {
  return info.precision === 'float64';
}

function tooFar(value: number, row: number, column: number): DataError {
  return new DataError(
    `${value}, the value at row ${row}, column ${column}, is too far from the other values of its column for ` +
      "float32; drop such rows, scale the columns (scaling: 'standardize'), or use the reference engine.",
  );
}
