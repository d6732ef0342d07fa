import { InvalidArgumentError, ShapeError } from './errors.ts';
import { matrix, requireEquallyLong, requirePoints, type Matrix, type Points } from './matrix.ts';
import { isNumericView, kindOf, requireNumbers, type NumberArray } from './number-array.ts';

/** Values in one array, row-major, and how many of them make a row: `{ data, columns: 784 }`. */
export interface FlatPoints {
  readonly data: NumberArray;
  readonly columns: number;
  /** Factor applied when values are read (default 1): 1 / 255 turns bytes into [0, 1]. */
  readonly scale?: number | undefined;
}

/**
 * Points on the host, in the forms that callers have: a matrix, rows of numbers, or one array and its number of
 * columns.
 */
export type MatrixLike = Matrix | FlatPoints | readonly NumberArray[];

/** The same, or points on an engine's device. */
export type PointsLike = Points | MatrixLike;

/**
 * Points as engines take them. A matrix, device points and typed arrays of `MatrixData` are not copied. Rows of Float32Array
 * stay float32; other rows become float64.
 *
 * @param what what they are, to begin messages with
 * @throws {InvalidArgumentError} when they are not points or numbers
 * @throws {ShapeError} when rows differ in length, or an array's length is not a multiple of its columns
 */
export function pointsOf(given: PointsLike, what = 'Points'): Points {
  if (isRows(given)) return fromRows(given, what);
  if (isFlat(given)) return fromFlat(given, what);
  requirePoints(given, what);
  return given;
}

/**
 * The same for functions that only take points on the host.
 *
 * @throws like `pointsOf`, and {InvalidArgumentError} for points on a device
 */
export function matrixOf(given: MatrixLike, what = 'Points'): Matrix {
  const points = pointsOf(given, what);
  if (points.location === 'host') return points;
  throw new InvalidArgumentError(`${what} must be on the host here; download them from the engine first.`);
}

function isRows(given: PointsLike): given is readonly NumberArray[] {
  return Array.isArray(given);
}

function isFlat(given: PointsLike): given is FlatPoints {
  const { location, data, columns } = Object(given) as Readonly<Record<string, unknown>>;
  return location === undefined && data !== undefined && columns !== undefined;
}

function fromFlat({ data, columns, scale }: FlatPoints, what: string): Matrix {
  const values = requireNumbers(`${what} in one array`, data);
  if (!Number.isSafeInteger(columns) || columns < 1 || values.length % columns !== 0) {
    throw new ShapeError(
      `${what}: columns must be a whole number of at least 1 that divides the ${values.length} values; got ${columns}.`,
    );
  }
  return matrix(values, values.length / columns, columns, scale);
}

function fromRows(rows: readonly NumberArray[], what: string): Matrix {
  const count = rows.length;
  if (count === 0) throw new ShapeError(`${what} must have at least one row; got an empty array.`);
  const first: unknown = rows[0];
  if (!Array.isArray(first) && !isNumericView(first)) {
    throw new InvalidArgumentError(
      `${what} must be rows of numbers, such as [[1, 2], [3, 4]]; row 0 is ${kindOf(first)}. ` +
        'Values in one array need their number of columns: { data, columns }.',
    );
  }
  const columns = first.length;
  const single = rows.every((row) => row instanceof Float32Array);
  const data = single ? new Float32Array(count * columns) : new Float64Array(count * columns);
  for (let i = 0; i < count; i++) {
    const row = requireNumbers(`Row ${i} of ${what.toLowerCase()}`, rows[i]);
    requireEquallyLong(row, i, columns);
    data.set(row, i * columns);
  }
  return matrix(data, count, columns);
}
