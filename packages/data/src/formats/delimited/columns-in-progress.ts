import { Dictionary } from './dictionary.ts';

/** What is done with the values of a column during a pass over the file. */
export const AS_NUMBERS = 0;
export const AS_TEXTS = 1;
/** The column is done, or waits for the next pass. */
export const SKIPPED = 2;

/** The columns while a file is read. */
export class ColumnsInProgress {
  readonly kinds: Uint8Array;
  /** 1 for columns of numbers with words for missing values in quotes. */
  readonly quotedWords: Uint8Array;
  /** NaN for missing values. */
  readonly numbers: Float64Array[] = [];
  readonly dictionaries: (Dictionary | undefined)[] = [];
  capacity: number;
  readonly #bytes: Uint8Array;

  /** @param isText of each column: whether its values are known to be something else than plain numbers */
  constructor(bytes: Uint8Array, isText: readonly boolean[], capacity: number) {
    this.#bytes = bytes;
    this.capacity = capacity;
    this.kinds = Uint8Array.from(isText, (text) => (text ? AS_TEXTS : AS_NUMBERS));
    this.quotedWords = new Uint8Array(isText.length);
    for (const text of isText) {
      this.numbers.push(new Float64Array(text ? 0 : capacity));
      this.dictionaries.push(text ? new Dictionary(bytes, capacity) : undefined);
    }
  }

  /** Makes room for more rows. */
  grow(): void {
    this.capacity *= 2;
    for (let j = 0; j < this.kinds.length; j++) {
      if (this.kinds[j] === AS_TEXTS) this.dictionaries[j]!.grow(this.capacity);
      if (this.kinds[j] !== AS_NUMBERS) continue;
      const values = new Float64Array(this.capacity);
      values.set(this.numbers[j]);
      this.numbers[j] = values;
    }
  }

  /** Puts the first `count` values of each column behind `rows` values. All columns are of numbers. */
  append(values: readonly Float64Array[], rows: number, count: number): void {
    while (rows + count > this.capacity) this.grow();
    for (let j = 0; j < values.length; j++) this.numbers[j].set(values[j].subarray(0, count), rows);
  }

  /** A value is not a plain number: the column waits for the next pass, in which all its values are texts. */
  fail(column: number): void {
    this.kinds[column] = SKIPPED;
    this.numbers[column] = new Float64Array(0);
  }

  /**
   * Prepares the next pass, for the columns that failed.
   *
   * @returns whether there are any
   */
  retry(rows: number): boolean {
    let isNeeded = false;
    for (let j = 0; j < this.kinds.length; j++) {
      const isFailed = this.kinds[j] === SKIPPED && this.dictionaries[j] === undefined;
      isNeeded ||= isFailed;
      this.kinds[j] = isFailed ? AS_TEXTS : SKIPPED;
      if (isFailed) this.dictionaries[j] = new Dictionary(this.#bytes, Math.max(1, rows));
    }
    return isNeeded;
  }
}
