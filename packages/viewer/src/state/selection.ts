/** How a gesture changes a selection. */
export type SelectionMode = 'replace' | 'add' | 'remove';

const MOST_UNDONE = 100;

/** Which points are selected, and how that came about. */
export class Selection {
  #points: Uint32Array;
  #past: Uint32Array[] = [];
  #future: Uint32Array[] = [];

  constructor() {
    this.#points = new Uint32Array();
  }

  /** The selected points, ascending; replaced, never changed. */
  get points(): Uint32Array {
    return this.#points;
  }

  get size(): number {
    return this.#points.length;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Whether a point is selected. */
  has(point: number): boolean {
    let low = 0;
    let high = this.#points.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#points[middle] < point) low = middle + 1;
      else high = middle;
    }
    return this.#points[low] === point;
  }

  /**
   * Changes the selection as one step that can be undone.
   *
   * @param points in any order, repeated or not
   * @returns whether anything changed
   */
  change(points: Iterable<number>, mode: SelectionMode): boolean {
    const next = combine(this.#points, points, mode);
    if (same(next, this.#points)) return false;
    this.#past.push(this.#points);
    if (this.#past.length > MOST_UNDONE) this.#past.shift();
    this.#future = [];
    this.#points = next;
    return true;
  }

  /** @returns whether there was a step to take back */
  undo(): boolean {
    const previous = this.#past.pop();
    if (previous === undefined) return false;
    this.#future.push(this.#points);
    this.#points = previous;
    return true;
  }

  /** @returns whether there was a step to take again */
  redo(): boolean {
    const next = this.#future.pop();
    if (next === undefined) return false;
    this.#past.push(this.#points);
    this.#points = next;
    return true;
  }

  /** Forgets all, for other data. */
  reset(): void {
    this.#points = new Uint32Array();
    this.#past = [];
    this.#future = [];
  }
}

function combine(present: Uint32Array, points: Iterable<number>, mode: SelectionMode): Uint32Array {
  const set = new Set(mode === 'replace' ? [] : present);
  for (const point of points) {
    if (mode === 'remove') set.delete(point);
    else set.add(point);
  }
  return Uint32Array.from(set).sort();
}

function same(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
