/**
 * A binary heap of numbers, each with a key; the smallest key comes out first, among equal keys, the smallest number.
 */
export class MinHeap {
  readonly #keys: number[] = [];
  readonly #values: number[] = [];

  push(key: number, value: number): void {
    let at = this.#keys.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(key, value, parent)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#keys[at] = key;
    this.#values[at] = value;
  }

  /** Takes out the first number; undefined when the heap is empty. */
  pop(): readonly [key: number, value: number] | undefined {
    if (this.#keys.length === 0) return undefined;
    const first = [this.#keys[0], this.#values[0]] as const;
    const key = this.#keys.pop()!;
    const value = this.#values.pop()!;
    const size = this.#keys.length;
    if (size === 0) return first;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && this.#isBefore(this.#keys[child + 1], this.#values[child + 1], child)) child++;
      if (this.#isBefore(key, value, child)) break;
      this.#move(child, at);
      at = child;
    }
    this.#keys[at] = key;
    this.#values[at] = value;
    return first;
  }

  clear(): void {
    this.#keys.length = 0;
    this.#values.length = 0;
  }

  #isBefore(key: number, value: number, place: number): boolean {
    return key < this.#keys[place] || (key === this.#keys[place] && value < this.#values[place]);
  }

  #move(from: number, to: number): void {
    this.#keys[to] = this.#keys[from];
    this.#values[to] = this.#values[from];
  }
}
