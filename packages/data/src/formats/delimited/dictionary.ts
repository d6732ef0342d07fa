import { isMissingText } from '../missing-words.ts';

/** The code of a row whose text is not known yet. */
const NO_ENTRY = -1;

/**
 * The texts of one column, each distinct one once, as places in the bytes of the file: no string is made of a text before
 * the whole file is read.
 */
export class Dictionary {
  readonly #bytes: Uint8Array;
  /** One entry per row. */
  codes: Int32Array;
  count = 0;
  /** Entries whose text has doubled quotes, which stand for one. */
  readonly escaped = new Set<number>();
  #starts = new Float64Array(8);
  #ends = new Float64Array(8);
  #hashes = new Int32Array(8);
  /** 1 where an entry was seen without quotes. */
  #bare = new Uint8Array(8);
  /** 1 for words for missing values in quotes. */
  #words = new Uint8Array(8);
  /** Entries by hash, with open addressing; its length is a power of two. */
  #slots = new Int32Array(16).fill(NO_ENTRY);

  constructor(bytes: Uint8Array, capacity: number) {
    this.#bytes = bytes;
    this.codes = new Int32Array(capacity);
  }

  /** Makes room for more rows. */
  grow(capacity: number): void {
    const codes = new Int32Array(capacity);
    codes.set(this.codes);
    this.codes = codes;
  }

  /** Whether an entry stands in quotes wherever it is. Words for missing values have one entry with quotes, and one without. */
  isQuoted(entry: number): boolean {
    return this.#bare[entry] === 0;
  }

  /** The text of a row lies at [start, end). */
  add(row: number, start: number, end: number, isQuoted: boolean, isEscaped: boolean): void {
    const bytes = this.#bytes;
    const word = Number(isQuoted && isMissingText(bytes, start, end));
    let hash = (0x811c9dc5 ^ word) | 0;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    let entry = this.#slots[slot];
    while (
      entry !== NO_ENTRY &&
      !(this.#hashes[entry] === hash && this.#words[entry] === word && this.#equals(entry, start, end))
    ) {
      slot = (slot + 1) & mask;
      entry = this.#slots[slot];
    }
    if (entry === NO_ENTRY) {
      entry = this.#append(start, end, hash);
      this.#words[entry] = word;
      if (isEscaped) this.escaped.add(entry);
      this.#slots[slot] = entry;
      if (2 * this.count > this.#slots.length) this.#spread();
    }
    if (!isQuoted) this.#bare[entry] = 1;
    this.codes[row] = entry;
  }

  /** Where the text of an entry lies, where it was first seen. */
  placeOf(entry: number): readonly [start: number, end: number] {
    return [this.#starts[entry], this.#ends[entry]];
  }

  #equals(entry: number, start: number, end: number): boolean {
    const bytes = this.#bytes;
    const from = this.#starts[entry];
    if (this.#ends[entry] - from !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (bytes[from + i] !== bytes[start + i]) return false;
    return true;
  }

  #append(start: number, end: number, hash: number): number {
    const entry = this.count++;
    if (entry === this.#starts.length) {
      this.#starts = doubled(this.#starts);
      this.#ends = doubled(this.#ends);
      const hashes = new Int32Array(2 * entry);
      hashes.set(this.#hashes);
      this.#hashes = hashes;
      this.#bare = doubledBytes(this.#bare);
      this.#words = doubledBytes(this.#words);
    }
    this.#starts[entry] = start;
    this.#ends[entry] = end;
    this.#hashes[entry] = hash;
    return entry;
  }

  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length).fill(NO_ENTRY);
    const mask = slots.length - 1;
    for (let entry = 0; entry < this.count; entry++) {
      let slot = this.#hashes[entry] & mask;
      while (slots[slot] !== NO_ENTRY) slot = (slot + 1) & mask;
      slots[slot] = entry;
    }
    this.#slots = slots;
  }
}

function doubled(values: Float64Array): Float64Array<ArrayBuffer> {
  const more = new Float64Array(2 * values.length);
  more.set(values);
  return more;
}

function doubledBytes(values: Uint8Array): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(2 * values.length);
  more.set(values);
  return more;
}
