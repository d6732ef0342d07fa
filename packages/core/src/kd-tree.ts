import type { NearestList } from './engine/reference/neighbors/nearest-list.ts';
import { gatherRows, type Matrix } from './matrix.ts';

/** Points of a leaf at most. */
const LEAF_POINTS = 16;
const NO_NODE = -1;

/**
 * Points in boxes within boxes, for exact nearest neighbors in few columns: most points are passed over with their box. Boxes
 * are halved in the middle of their longest side.
 */
export class KdTree {
  readonly #columns: number;
  readonly #values: Float64Array;
  /** Rows in the order of the leaves. */
  readonly #order: Uint32Array;
  /** First row in `order` and the one after the last, of each node. */
  readonly #ranges: number[] = [];
  /** The two halves of each node, or `NO_NODE`. */
  readonly #halves: number[] = [];
  /** Lower and upper corner of each node's box. */
  readonly #boxes: number[] = [];

  constructor(points: Matrix) {
    this.#columns = points.columns;
    this.#order = Uint32Array.from({ length: points.rows }, (_, row) => row);
    this.#values = gatherRows(points, this.#order);
    const waiting = [this.#add(0, points.rows)];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      const middle = this.#split(node);
      if (middle === undefined) continue;
      const halves = [
        this.#add(this.#ranges[2 * node], middle),
        this.#add(middle, this.#ranges[2 * node + 1]),
      ];
      [this.#halves[2 * node], this.#halves[2 * node + 1]] = halves;
      waiting.push(...halves);
    }
  }

  /**
   * Offers points to a list until all others are farther away than what the list has.
   *
   * @param at where the query's values begin in `queries`
   * @param nearest empty
   */
  search(queries: Float64Array, at: number, nearest: NearestList): void {
    const waiting = [0];
    const bounds = [this.#squareToBox(queries, at, 0)];
    const last = nearest.squares.length - 1;
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (bounds.pop()! >= nearest.squares[last]) continue;
      const [left, right] = [this.#halves[2 * node], this.#halves[2 * node + 1]];
      if (left === NO_NODE) {
        this.#offerLeaf(queries, at, node, nearest);
        continue;
      }
      const [toLeft, toRight] = [this.#squareToBox(queries, at, left), this.#squareToBox(queries, at, right)];
      // The nearer half last, so that it is searched first.
      if (toLeft < toRight) {
        waiting.push(right, left);
        bounds.push(toRight, toLeft);
      } else {
        waiting.push(left, right);
        bounds.push(toLeft, toRight);
      }
    }
  }

  #offerLeaf(queries: Float64Array, at: number, node: number, nearest: NearestList): void {
    const columns = this.#columns;
    const values = this.#values;
    for (let i = this.#ranges[2 * node]; i < this.#ranges[2 * node + 1]; i++) {
      const row = this.#order[i];
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        const difference = queries[at + j] - values[row * columns + j];
        sum += difference * difference;
      }
      nearest.offer(sum, row);
    }
  }

  /** A new node and its box. */
  #add(start: number, end: number): number {
    const columns = this.#columns;
    const node = this.#ranges.length / 2;
    this.#ranges.push(start, end);
    this.#halves.push(NO_NODE, NO_NODE);
    const base = this.#boxes.length;
    for (let j = 0; j < columns; j++) this.#boxes.push(Infinity);
    for (let j = 0; j < columns; j++) this.#boxes.push(-Infinity);
    for (let i = start; i < end; i++) {
      for (let j = 0; j < columns; j++) {
        const value = this.#values[this.#order[i] * columns + j];
        if (value < this.#boxes[base + j]) this.#boxes[base + j] = value;
        if (value > this.#boxes[base + columns + j]) this.#boxes[base + columns + j] = value;
      }
    }
    return node;
  }

  /** Puts the rows of the lower half first; returns where the other half begins, or undefined for a leaf. */
  #split(node: number): number | undefined {
    const columns = this.#columns;
    let [low, high] = [this.#ranges[2 * node], this.#ranges[2 * node + 1]];
    if (high - low <= LEAF_POINTS) return undefined;
    const base = 2 * columns * node;
    let longest = 0;
    const side = (j: number): number => this.#boxes[base + columns + j] - this.#boxes[base + j];
    for (let j = 1; j < columns; j++) if (side(j) > side(longest)) longest = j;
    if (!(side(longest) > 0)) return undefined;
    const middle = this.#boxes[base + longest] + side(longest) / 2;
    const order = this.#order;
    while (low < high) {
      if (this.#values[order[low] * columns + longest] < middle) low++;
      else {
        high--;
        [order[low], order[high]] = [order[high], order[low]];
      }
    }
    // Rounding may put the middle at a corner.
    return low === this.#ranges[2 * node] || low === this.#ranges[2 * node + 1] ? undefined : low;
  }

  #squareToBox(queries: Float64Array, at: number, node: number): number {
    const columns = this.#columns;
    const base = 2 * columns * node;
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const value = queries[at + j];
      const [low, high] = [this.#boxes[base + j], this.#boxes[base + columns + j]];
      const outside = value < low ? low - value : value > high ? value - high : 0;
      sum += outside * outside;
    }
    return sum;
  }
}
