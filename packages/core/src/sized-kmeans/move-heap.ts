/** A binary heap of rows with keys; the least key is first. It is built in linear time. */
export class MoveHeap {
  #rows: Uint32Array;
  #keys: Float64Array;
  #size: number;

  /**
   * Takes the arrays over, which are equally long.
   *
   * @param size how many of their values the heap has at first
   */
  constructor(rows: Uint32Array, keys: Float64Array, size: number) {
    this.#rows = rows;
    this.#keys = keys;
    this.#size = size;
    for (let at = (size >> 1) - 1; at >= 0; at--) this.#sink(at, rows[at], keys[at]);
  }

  get size(): number {
    return this.#size;
  }

  /** The row with the least key; only when there is one. */
  get row(): number {
    return this.#rows[0];
  }

  /** The least key; only when there is one. */
  get key(): number {
    return this.#keys[0];
  }

  push(key: number, row: number): void {
    let at = this.#size++;
    if (this.#size > this.#rows.length) this.#grow();
    const rows = this.#rows;
    const keys = this.#keys;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent] <= key) break;
      rows[at] = rows[parent];
      keys[at] = keys[parent];
      at = parent;
    }
    rows[at] = row;
    keys[at] = key;
  }

  /** Drops the row with the least key; only when there is one. */
  pop(): void {
    const last = --this.#size;
    if (last > 0) this.#sink(0, this.#rows[last], this.#keys[last]);
  }

  /** Puts a row where it belongs at `start` or below. */
  #sink(start: number, row: number, key: number): void {
    const rows = this.#rows;
    const keys = this.#keys;
    const size = this.#size;
    let at = start;
    for (let child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && keys[child + 1] < keys[child]) child++;
      if (keys[child] >= key) break;
      rows[at] = rows[child];
      keys[at] = keys[child];
      at = child;
    }
    rows[at] = row;
    keys[at] = key;
  }

  #grow(): void {
    const room = 16 + 2 * this.#rows.length;
    const rows = new Uint32Array(room);
    const keys = new Float64Array(room);
    rows.set(this.#rows);
    keys.set(this.#keys);
    this.#rows = rows;
    this.#keys = keys;
  }
}
