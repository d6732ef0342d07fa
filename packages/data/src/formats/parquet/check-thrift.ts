/** How deep structures may be nested; Parquet's own are nested about eight deep. */
const MAX_DEPTH = 32;

const STOP = 0;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/**
 * Walks over a structure in Thrift's compact protocol before it is parsed, because a parser makes a list as long as the file
 * says it is.
 *
 * @returns where the structure ends
 * @throws {Error} when a list or text is longer than the bytes that are left, or the nesting too deep
 */
export function checkThrift(bytes: Uint8Array, start: number): number {
  const cursor = new Cursor(bytes, start);
  cursor.struct(0);
  return cursor.at;
}

class Cursor {
  at: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.at = start;
  }

  struct(depth: number): void {
    if (depth > MAX_DEPTH) throw new Error('its metadata are nested too deep');
    for (;;) {
      const header = this.#byte();
      const type = header & 15;
      if (type === STOP) return;
      if (header >> 4 === 0) this.#number();
      this.#value(type, depth);
    }
  }

  #value(type: number, depth: number): void {
    // True and false are in the header itself.
    if (type === 1 || type === 2) return;
    if (type === 3) this.#skip(1);
    else if (type < DOUBLE) this.#number();
    else if (type === DOUBLE) this.#skip(8);
    else if (type === BINARY) this.#skip(this.#number());
    else if (type === LIST) this.#list(depth + 1);
    else if (type === STRUCT) this.struct(depth + 1);
    else throw new Error(`its metadata have a value of the unknown type ${type}`);
  }

  #list(depth: number): void {
    if (depth > MAX_DEPTH) throw new Error('its metadata are nested too deep');
    const header = this.#byte();
    const type = header & 15;
    const length = header >> 4 === 15 ? this.#number() : header >> 4;
    // Each element takes at least a byte.
    if (length > this.#bytes.length - this.at) throw new Error('a list of its metadata is cut short');
    for (let i = 0; i < length; i++) {
      if (type === 1 || type === 2) this.#skip(1);
      else this.#value(type, depth);
    }
  }

  #byte(): number {
    if (this.at >= this.#bytes.length) throw new Error('its metadata are cut short');
    return this.#bytes[this.at++];
  }

  #skip(count: number): void {
    this.at += count;
    if (this.at > this.#bytes.length) throw new Error('its metadata are cut short');
  }

  /** A number of up to 64 bits, seven of them in a byte; exact to 53 bits, and more are not needed here. */
  #number(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new Error('a number of its metadata is too long');
  }
}
