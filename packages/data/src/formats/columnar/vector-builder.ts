import { asFloats, type NumberArray } from './number-type.ts';

/** Collects the numbers of vectors, which may be missing as a whole or in part. */
export class VectorBuilder {
  #values: NumberArray;
  #count = 0;
  /** Rows without a vector, in order. */
  readonly #missingRows: number[] = [];
  #rows = 0;

  /** @param values room for all numbers, of the type that they have */
  constructor(values: NumberArray) {
    this.#values = values;
  }

  startRow(hasVector: boolean): void {
    if (!hasVector) this.#missingRows.push(this.#rows);
    this.#rows++;
  }

  add(value: number): void {
    if (this.#count >= this.#values.length) throw new Error('its pages hold more values than the file says');
    this.#values[this.#count++] = value;
  }

  /** Adds a number that is missing, which only floats can hold. */
  addMissing(): void {
    this.#values = asFloats(this.#values);
    this.add(NaN);
  }

  /** The vectors one after another; undefined when they are not of this length. Bytes stay bytes. */
  matrixData(width: number): Float64Array | Float32Array | Uint8Array | undefined {
    const present = this.#rows - this.#missingRows.length;
    if (present === 0 || width === 0 || this.#count !== present * width) return undefined;
    const isWhole = this.#missingRows.length === 0;
    const values = this.#values.subarray(0, this.#count);
    if (isWhole && values instanceof Uint8Array) return values;
    const floats = asFloats(values);
    return isWhole ? floats : this.#spread(floats, width);
  }

  #spread(values: Float64Array | Float32Array, width: number): Float64Array | Float32Array {
    const Kind = values instanceof Float32Array ? Float32Array : Float64Array;
    const spread = new Kind(this.#rows * width).fill(NaN);
    let next = 0;
    for (let row = 0, taken = 0; row < this.#rows; row++) {
      if (this.#missingRows[next] === row) {
        next++;
        continue;
      }
      spread.set(values.subarray(taken, taken + width), row * width);
      taken += width;
    }
    return spread;
  }
}
