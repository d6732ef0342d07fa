import { MISSING_BOOLEAN, type BooleanColumn, type DateColumn, type NumberColumn } from '@shoal/tables';
import { narrowestIntegers } from '../narrowest-column.ts';
import { asFloats, isRounded, type NumberArray, type NumberType } from './number-type.ts';

/** Where the numbers of a part of a column are. */
interface Places {
  /** Whether any value is missing: integers without missing values stay integers. */
  readonly hasMissing: boolean;
  /** The index of each row's number, or -1 for a missing value; undefined when row i has number i. */
  readonly indexOf: ((row: number) => number) | undefined;
}

/** Collects the values of a column of numbers, dates or booleans. */
export class NumberBuilder {
  rows = 0;
  readonly #name: string;
  readonly #type: NumberType;
  #values: NumberArray;
  #isRounded = false;

  constructor(name: string, type: NumberType, rows: number) {
    this.#name = name;
    this.#type = type;
    this.#values = type.array(rows);
  }

  /**
   * Adds a part of the column.
   *
   * @param numbers of the values that are there
   */
  add(numbers: ArrayLike<number>, count: number, { hasMissing, indexOf }: Places): void {
    const { type, exact } = this.#type;
    if (this.rows + count > this.#values.length) throw new Error('it has more rows than it says');
    if (exact && numbers instanceof Float64Array) this.#isRounded ||= numbers.some(isRounded);
    const missing = type === 'boolean' ? MISSING_BOOLEAN : NaN;
    if (hasMissing && type !== 'boolean') this.#values = asFloats(this.#values);
    const values = this.#values;
    let row = this.rows;
    for (let i = 0; i < count; i++) {
      const index = indexOf === undefined ? i : indexOf(i);
      values[row++] = index < 0 ? missing : numbers[index];
    }
    this.rows = row;
  }

  /** Undefined when integers would be rounded. */
  column(): NumberColumn | BooleanColumn | DateColumn | undefined {
    const { type, stored } = this.#type;
    if (this.#isRounded) return undefined;
    const name = this.#name;
    // Files often have 64 bits for numbers that need 16.
    const values = this.#type.exact ? narrowestIntegers(this.#values) : this.#values;
    if (type === 'boolean') return { type, name, values: Uint8Array.from(values) };
    if (type === 'number') {
      // The wider array is not needed any more.
      this.#values = values;
      return { type, name, values, integers: areIntegers(values), stored };
    }
    const dates = values instanceof Float64Array ? values : Float64Array.from(values);
    return { type: 'date', name, values: dates, precision: type, stored };
  }
}

function areIntegers(values: NumberArray): boolean {
  if (!(values instanceof Float64Array) && !(values instanceof Float32Array)) return true;
  for (const value of values) if (!Number.isInteger(value) && !Number.isNaN(value)) return false;
  return true;
}
