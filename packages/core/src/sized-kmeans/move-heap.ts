/** A binary heap of rows with keys; the least key is first. It is built in linear time. */
export class MoveHeap {
  readonly #rows: number[];
  readonly #keys: number[];

  /** Takes the arrays over. */
  constructor(rows: number[], keys: number[]) {
    this.#rows = rows;
    this.#keys = keys;
    for (let at = (rows.length >> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  get size(): number {
    return this.#rows.length;
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
    let at = this.#rows.length;
    this.#rows.push(row);
    this.#keys.push(key);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#keys[parent] <= key) break;
      this.#rows[at] = this.#rows[parent];
      this.#keys[at] = this.#keys[parent];
      at = parent;
    }
    this.#rows[at] = row;
    this.#keys[at] = key;
  }

  /** Drops the row with the least key. */
  pop(): void {
    const row = this.#rows.pop();
    const key = this.#keys.pop();
    if (row === undefined || key === undefined || this.#rows.length === 0) return;
    this.#rows[0] = row;
    this.#keys[0] = key;
    this.#sink(0);
  }

  #sink(start: number): void {
    const rows = this.#rows;
    const keys = this.#keys;
    const row = rows[start];
    const key = keys[start];
    let at = start;
    for (let child = 2 * at + 1; child < rows.length; child = 2 * at + 1) {
      if (child + 1 < rows.length && keys[child + 1] < keys[child]) child++;
      if (keys[child] >= key) break;
      rows[at] = rows[child];
      keys[at] = keys[child];
      at = child;
    }
    rows[at] = row;
    keys[at] = key;
  }
}
