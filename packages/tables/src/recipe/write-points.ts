import { matrix, type Matrix } from '@shoal/core';
import { pointsArray, type PointsKind } from '../table/smallest-kind.ts';
import type { NumberValues } from '../table/table.ts';

/** Rows of points that are written at a time: so many stay in the cache while their columns are filled one by one. */
const BLOCK_ROWS = 4096;

/** Where a writer puts the coordinates of some rows. */
interface Block {
  /** The rows of the table. */
  readonly rows: Uint32Array;
  /** The values of these rows, in an array that the next call uses again. */
  readonly read: (values: NumberValues) => Float64Array;
  /** Row-major; its values are 0. */
  readonly out: Float64Array | Float32Array | Uint8Array;
  /** Where the first coordinate of the first row goes; those of the next row are `stride` values further. */
  readonly offset: number;
  readonly stride: number;
}

/** Writes the coordinates of one column in a block of rows. */
export type BlockWriter = (block: Block) => void;

/** A writer and the number of its coordinates. */
export interface PlacedWriter {
  readonly width: number;
  readonly write: BlockWriter;
}

/** Points of these rows, with the coordinates of the writers side by side. */
export function writePoints(writers: readonly PlacedWriter[], rows: Uint32Array, kind: PointsKind): Matrix {
  const stride = writers.reduce((sum, { width }) => sum + width, 0);
  const out = pointsArray(kind, rows.length * stride);
  const scratch = new Float64Array(BLOCK_ROWS);
  for (let start = 0; start < rows.length; start += BLOCK_ROWS) {
    const some = rows.subarray(start, start + BLOCK_ROWS);
    const read = (values: NumberValues): Float64Array => readRows(values, some, scratch);
    let offset = start * stride;
    for (const { width, write } of writers) {
      write({ rows: some, read, out, offset, stride });
      offset += width;
    }
  }
  return matrix(out, rows.length, stride);
}

/** Copies as a whole where the rows follow one another, which is quicker than one by one. */
function readRows(values: NumberValues, rows: Uint32Array, scratch: Float64Array): Float64Array {
  const first = rows[0];
  const last = rows[rows.length - 1];
  if (last - first === rows.length - 1) scratch.set(values.subarray(first, last + 1));
  else for (let i = 0; i < rows.length; i++) scratch[i] = values[rows[i]];
  return scratch;
}
