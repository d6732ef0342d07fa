import { chunkRows, forEachChunk } from '../chunks.ts';
import { DataError, ShapeError } from '../errors.ts';
import { assertFinite, matrix, type Matrix } from '../matrix.ts';
import { placeOf, type Place } from '../origin/find-origin.ts';

/** What one pass over points in parts finds out. */
export interface PartsSurvey {
  /** Least and greatest value of each column, D values each. */
  readonly least: Float64Array;
  readonly greatest: Float64Array;
  /** Weighted mean of each column; exact for bytes without weights. */
  readonly mean: Float64Array;
  /** Where the points lie; undefined for bytes. */
  readonly place: Place | undefined;
  /** A matrix like the parts, with the first row. */
  readonly sample: Matrix;
}

/** The types of values, by their numbers in `Survey.toArray`. */
const TYPES = [Uint8Array, Float32Array, Float64Array];

/**
 * A survey of some of the parts. Those of several parts are merged; without weights, to the same bits for any division of bytes,
 * and what is used of floats for any division too.
 */
export class Survey {
  readonly #columns: number;
  /** Numbers of the rows of which values are kept, in order, and their values. */
  readonly #wanted: readonly number[];
  readonly #values: Float64Array;
  readonly #least: Float64Array;
  readonly #greatest: Float64Array;
  /** Weighted sums of the columns before the scale, which are exact for bytes. */
  readonly #sums: Float64Array;
  #total = 0;
  #sample: Matrix | undefined;

  /** @param wanted numbers of rows, among all rows, from which the place is found */
  constructor(columns: number, wanted: readonly number[]) {
    this.#columns = columns;
    this.#wanted = wanted;
    this.#values = new Float64Array(wanted.length * columns);
    this.#least = new Float64Array(columns).fill(Infinity);
    this.#greatest = new Float64Array(columns).fill(-Infinity);
    this.#sums = new Float64Array(columns);
  }

  /**
   * Reads a part whose first row has the number `start`.
   *
   * @throws {DataError} when a value is NaN or infinite, or the part differs from others in its type or scale
   */
  async add(
    part: Matrix,
    start: number,
    weights: Float32Array | undefined,
    signal?: AbortSignal,
  ): Promise<void> {
    const columns = this.#columns;
    const { data, scale, rows } = part;
    this.#sample ??= firstRow(part);
    requireAlike(part, this.#sample, start);
    for (const [at, row] of this.#wanted.entries()) {
      if (row < start || row >= start + rows) continue;
      const from = (row - start) * columns;
      for (let j = 0; j < columns; j++) this.#values[at * columns + j] = data[from + j] * scale;
    }
    const [least, greatest, sums] = [this.#least, this.#greatest, this.#sums];
    await forEachChunk(rows, chunkRows(columns), signal, (begin, end) => {
      for (let i = begin; i < end; i++) {
        const weight = weights?.[start + i] ?? 1;
        this.#total += weight;
        for (let j = 0; j < columns; j++) {
          const raw = data[i * columns + j];
          const value = raw * scale;
          if (value < least[j]) least[j] = value;
          if (value > greatest[j]) greatest[j] = value;
          sums[j] += weight * raw;
        }
      }
    });
    if (!sums.every(Number.isFinite)) assertFinite(part, start);
  }

  /**
   * Adds a survey of a part that was made elsewhere.
   *
   * @param found what `toArray` gave there, for the same wanted rows
   * @param start number of the first row of the part
   * @param rows of the part
   * @throws {DataError} when the part differs from others in its type or scale
   */
  merge(found: Float64Array, start: number, rows: number): void {
    const columns = this.#columns;
    const [type, scale, total] = found;
    const row = (i: number) => found.subarray(3 + i * columns, 3 + (i + 1) * columns);
    const sample = matrix(new TYPES[type](row(0)), 1, columns, scale);
    this.#sample ??= sample;
    requireAlike(sample, this.#sample, start);
    this.#total += total;
    for (let j = 0; j < columns; j++) {
      this.#least[j] = Math.min(this.#least[j], row(1)[j]);
      this.#greatest[j] = Math.max(this.#greatest[j], row(2)[j]);
      this.#sums[j] += row(3)[j];
    }
    let next = 4;
    for (const [at, wanted] of this.#wanted.entries()) {
      if (wanted >= start && wanted < start + rows) this.#values.set(row(next++), at * columns);
    }
  }

  /** The survey of a part as one array: type, scale, total; first row, least, greatest, sums; the wanted rows of the part. */
  toArray(start: number, rows: number): Float64Array {
    const sample = this.#requireSample();
    const columns = this.#columns;
    const own = [...this.#wanted.keys()].filter(
      (at) => this.#wanted[at] >= start && this.#wanted[at] < start + rows,
    );
    const values = own.map((at) => this.#values.subarray(at * columns, (at + 1) * columns));
    const type = TYPES.findIndex((of) => sample.data instanceof of);
    const all = [sample.data, this.#least, this.#greatest, this.#sums, ...values];
    const out = new Float64Array(3 + all.length * columns);
    out.set([type, sample.scale, this.#total]);
    for (const [i, of] of all.entries()) out.set(of, 3 + i * columns);
    return out;
  }

  /** @throws {ShapeError} when no part was read */
  conclude(): PartsSurvey {
    const sample = this.#requireSample();
    return {
      least: this.#least,
      greatest: this.#greatest,
      mean: this.#sums.map((sum) => (sum * sample.scale) / this.#total),
      place: sample.data instanceof Uint8Array ? undefined : placeOf(this.#values, this.#columns),
      sample,
    };
  }

  #requireSample(): Matrix {
    if (this.#sample) return this.#sample;
    throw new ShapeError('Points in parts need at least one part; got none.');
  }
}

/** A matrix of the same type and scale with its first row: a survey keeps no part. */
function firstRow(part: Matrix): Matrix {
  return { ...part, data: part.data.slice(0, part.columns), rows: 1 };
}

function requireAlike(part: Matrix, first: Matrix, start: number): void {
  const [own, other] = [part, first].map(({ data, scale }) => `${data.constructor.name}, scale ${scale}`);
  if (own === other) return;
  throw new DataError(
    `The part from row ${start} on holds ${own}, but the first part holds ${other}; all parts must be alike. Convert them first.`,
  );
}
