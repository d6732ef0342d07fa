/** How a gesture changes a selection. */
export type SelectionMode = 'replace' | 'add' | 'remove';

const MOST_UNDONE = 100;
/** The most points in all undo steps together, so that selecting a million points many times does not fill the memory. */
const MOST_POINTS_KEPT = 16_000_000;

/** The selected points, and the history of the selection. */
export class Selection {
  #points: Uint32Array;
  #past: Uint32Array[] = [];
  #future: Uint32Array[] = [];

  constructor() {
    this.#points = new Uint32Array();
  }

  /** The selected points, ascending; a change creates a new array. */
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
    this.#forgetOldest();
    this.#future = [];
    this.#points = next;
    return true;
  }

  /** @returns whether there was a step to undo */
  undo(): boolean {
    const previous = this.#past.pop();
    if (previous === undefined) return false;
    this.#future.push(this.#points);
    this.#points = previous;
    return true;
  }

  /** @returns whether there was a step to redo */
  redo(): boolean {
    const next = this.#future.pop();
    if (next === undefined) return false;
    this.#past.push(this.#points);
    this.#points = next;
    return true;
  }

  /**
   * Takes out points that cannot be selected any more; not a step that can be undone.
   *
   * @returns whether there were such
   */
  keep(isKept: (point: number) => boolean): boolean {
    const kept = this.#points.filter(isKept);
    if (kept.length === this.#points.length) return false;
    this.#points = kept;
    return true;
  }

  /** Clears everything, for other data. */
  reset(): void {
    this.#points = new Uint32Array();
    this.#past = [];
    this.#future = [];
  }

  #forgetOldest(): void {
    let kept = this.#past.reduce((sum, points) => sum + points.length, 0);
    while (this.#past.length > MOST_UNDONE || (kept > MOST_POINTS_KEPT && this.#past.length > 1)) {
      kept -= this.#past.shift()!.length;
    }
  }
}

function combine(present: Uint32Array, points: Iterable<number>, mode: SelectionMode): Uint32Array {
  const given = ascendingOnce(points);
  if (mode === 'replace') return given;
  return mode === 'add' ? union(present, given) : difference(present, given);
}

/** The same points, ascending and each once. Sorted points are only copied, because a million of them are common. */
function ascendingOnce(points: Iterable<number>): Uint32Array {
  const sorted = Uint32Array.from(points);
  if (!isAscending(sorted)) sorted.sort();
  let kept = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (kept === 0 || sorted[i] !== sorted[kept - 1]) sorted[kept++] = sorted[i];
  }
  return kept === sorted.length ? sorted : sorted.slice(0, kept);
}

function isAscending(points: Uint32Array): boolean {
  for (let i = 1; i < points.length; i++) if (points[i] < points[i - 1]) return false;
  return true;
}

function union(a: Uint32Array, b: Uint32Array): Uint32Array {
  const out = new Uint32Array(a.length + b.length);
  let length = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    // Past its end a list gives undefined, which is neither less nor equal, so that the point of the other list is taken.
    if (j === b.length || a[i] < b[j]) out[length++] = a[i++];
    else {
      if (a[i] === b[j]) i++;
      out[length++] = b[j++];
    }
  }
  return out.slice(0, length);
}

function difference(a: Uint32Array, b: Uint32Array): Uint32Array {
  const out = new Uint32Array(a.length);
  let length = 0;
  for (let i = 0, j = 0; i < a.length; i++) {
    while (j < b.length && b[j] < a[i]) j++;
    if (b[j] !== a[i]) out[length++] = a[i];
  }
  return out.slice(0, length);
}

function same(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
