import { DataError, InvalidArgumentError, ShapeError } from './errors.ts';
import { kindOf, requireNumbers, type NumberArray } from './number-array.ts';

/** Element types a host matrix may have. Bytes stay bytes until an engine reads them. */
export type MatrixData = Float32Array | Float64Array | Uint8Array;

/**
 * A dense row-major matrix in host memory; row `i` is one point.
 * The value at (i, j) is `data[i * columns + j] * scale`.
 */
export interface Matrix {
  readonly location: 'host';
  /** Row-major elements, `rows * columns` of them. */
  readonly data: MatrixData;
  readonly rows: number;
  readonly columns: number;
  /** Factor applied when an element is read: 1 / 255 turns bytes into [0, 1]. */
  readonly scale: number;
}

/**
 * Points that already live on an engine's device as `rows * columns` float32 values, row-major.
 * Only the engine that understands `handle` (for WebGPU: a `GPUBuffer`) can read them.
 */
export interface DeviceMatrix extends Disposable {
  readonly location: 'device';
  /** Name of the engine whose device holds the values. */
  readonly engine: string;
  readonly rows: number;
  readonly columns: number;
  /** The engine's own handle; opaque to core. */
  readonly handle: object;
  /** Frees the device memory. Using the matrix afterwards throws `StateError`. */
  destroy(): void;
}

/**
 * A label of each point, as an engine's device holds it: `rows` values of 32 bits. Only code that understands `handle`
 * (for WebGPU: a `GPUBuffer`) can read them.
 */
export interface DeviceLabels {
  readonly location: 'device';
  /** Name of the engine whose device holds the labels. */
  readonly engine: string;
  readonly rows: number;
  /** The engine's own handle; opaque to core. */
  readonly handle: object;
}

/** Points to cluster: on the host or on an engine's device. */
export type Points = Matrix | DeviceMatrix;

/**
 * Wraps typed data as a matrix. `MatrixData` and `Uint8ClampedArray` are not copied; other numbers become float64.
 *
 * @param data row-major elements; its length must be `rows * columns`
 * @param scale factor applied when an element is read (default 1)
 * @throws {InvalidArgumentError} when `data` is not an array of numbers
 * @throws {ShapeError} when the shape and the length of `data` disagree, or a dimension is not a positive integer
 */
export function matrix(data: NumberArray, rows: number, columns: number, scale = 1): Matrix {
  requireShape(data, rows, columns, scale);
  return { location: 'host', data: toMatrixData(data), rows, columns, scale };
}

function toMatrixData(data: NumberArray): MatrixData {
  if (isMatrixData(data)) return data;
  if (data instanceof Uint8ClampedArray) return new Uint8Array(data.buffer, data.byteOffset, data.length);
  return Float64Array.from(requireNumbers("A matrix's values", data));
}

function isMatrixData(data: unknown): data is MatrixData {
  return data instanceof Float32Array || data instanceof Float64Array || data instanceof Uint8Array;
}

/**
 * Checks that a caller without types passed points.
 *
 * @param what what they are, to begin the message with
 * @throws {InvalidArgumentError} when they are neither a matrix nor on a device
 * @throws {ShapeError} when a matrix that was put together by hand has an impossible shape
 */
export function requirePoints(points: Points, what = 'Points'): void {
  const given: unknown = points;
  const { location, data } = Object(given) as { readonly location?: unknown; readonly data?: unknown };
  if (location === 'device') return;
  if (location !== 'host' || !isMatrixData(data)) {
    throw new InvalidArgumentError(
      `${what} must be rows of numbers, \`{ data, columns }\`, a matrix, or device points of an engine; ` +
        `got ${location === 'host' ? `a matrix of ${kindOf(data)}` : kindOf(given)}.`,
    );
  }
  const { rows, columns, scale } = points as Matrix;
  requireShape(data, rows, columns, scale);
}

function requireShape(data: NumberArray, rows: number, columns: number, scale: number): void {
  if (!Number.isSafeInteger(rows) || rows < 1 || !Number.isSafeInteger(columns) || columns < 1) {
    throw new ShapeError(
      `A matrix needs at least one row and one column, as whole numbers; got ${String(rows)} x ${String(columns)}.`,
    );
  }
  if (data.length !== rows * columns) {
    throw new ShapeError(
      `A ${String(rows)} x ${String(columns)} matrix needs ${String(rows * columns)} values; got ${String(data.length)}.`,
    );
  }
  if (!Number.isFinite(scale)) {
    throw new DataError(`A matrix's scale must be finite; got ${String(scale)}.`);
  }
}

/**
 * Builds a float64 matrix from nested rows: convenient for tests and small examples.
 *
 * @throws {ShapeError} when the rows are ragged or empty
 */
export function matrixFromRows(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    requireEquallyLong(row, i, columns);
    data.set(row, i * columns);
  });
  return matrix(data, rows.length, columns);
}

/** @throws {ShapeError} when row `i` is not as long as row 0, which has `columns` values */
export function requireEquallyLong({ length }: NumberArray, i: number, columns: number): void {
  if (length === columns) return;
  throw new ShapeError(`Row ${i} has ${length} values but row 0 has ${columns}; rows must be equally long.`);
}

/**
 * A view of the rows `start <= i < end`, sharing memory with `source`.
 *
 * @throws {ShapeError} when the range is empty or outside the matrix
 */
export function sliceRows(source: Matrix, start: number, end: number): Matrix {
  if (start < 0 || end > source.rows || start >= end) {
    throw new ShapeError(
      `Rows ${String(start)} to ${String(end)} are not within the matrix's ${String(source.rows)} rows.`,
    );
  }
  const data = source.data.subarray(start * source.columns, end * source.columns);
  return matrix(data, end - start, source.columns, source.scale);
}

/** Copies the given rows, in their order, as float64 with the scale applied. */
export function gatherRows(source: Matrix, rows: ArrayLike<number>): Float64Array {
  const { data, columns, scale } = source;
  const out = new Float64Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * columns;
    for (let j = 0; j < columns; j++) out[i * columns + j] = data[from + j] * scale;
  }
  return out;
}

/** All values as float32 with the scale applied; shares memory when no value changes. */
export function toFloat32(source: Matrix): Float32Array {
  const { data, scale } = source;
  if (data instanceof Float32Array && scale === 1) return data;
  const out = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = data[i] * scale;
  return out;
}

/**
 * Rejects values that float32 cannot hold, after `assertFinite`.
 *
 * @throws {DataError} naming the row and column of the first one
 */
export function assertFloat32({ data, columns, scale }: Matrix): void {
  for (let i = 0; i < data.length; i++) {
    const value = data[i] * scale;
    if (Number.isFinite(Math.fround(value))) continue;
    throw new DataError(
      `The value at row ${Math.floor(i / columns)}, column ${i % columns} is ${value}, but engines compute in float32, ` +
        "which ends at 3.4e38. Scale the columns (scaling: 'standardize'), or leave such rows out.",
    );
  }
}

/**
 * Rejects values that no algorithm can use.
 *
 * @param firstRow number of the first row among all points, for the message
 * @throws {DataError} naming the row and column of the first NaN or infinity
 */
export function assertFinite(source: Matrix, firstRow = 0): void {
  const { data, columns } = source;
  if (data instanceof Uint8Array) return;
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) {
      const row = firstRow + Math.floor(i / columns);
      throw new DataError(
        `The value at row ${String(row)}, column ${String(i % columns)} is ${String(data[i])}; ` +
          'clustering needs finite numbers. Drop or fill such rows first.',
      );
    }
  }
}
