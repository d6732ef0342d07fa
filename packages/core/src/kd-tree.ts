import type { NearestList } from './engine/reference/neighbors/nearest-list.ts';
import { gatherRows, type Matrix } from './matrix.ts';

/** Points of a leaf at most. */
const LEAF_POINTS = 16;
/** Columns after which a sum of squares is compared with the farthest neighbor so far. */
const COLUMNS_AT_ONCE = 8;
const NO_NODE = -1;

/** Nodes of a tree in its making. */
interface Nodes {
  readonly ranges: number[];
  readonly halves: number[];
  readonly boxes: number[];
}

/**
 * Points in boxes within boxes, for exact nearest neighbors in few columns: most points are passed over with their box. Boxes
 * are halved in the middle of their longest side.
 */
export class KdTree {
  readonly #columns: number;
  /** Rows in the order of the leaves. */
  readonly #order: Uint32Array;
  /** Values of the rows, in the same order. */
  readonly #values: Float64Array;
  /** First row in `order` and the one after the last, of each node. */
  readonly #ranges: Uint32Array;
  /** The two halves of each node, or `NO_NODE`. */
  readonly #halves: Int32Array;
  /** Lower and upper corner of each node's box. */
  readonly #boxes: Float64Array;
  /** Nodes to search, and the squared distances to their boxes: room that searches share. */
  readonly #waiting: Int32Array;
  readonly #bounds: Float64Array;

  constructor(points: Matrix) {
    const { columns, rows } = points;
    this.#columns = columns;
    this.#order = Uint32Array.from({ length: rows }, (_, row) => row);
    const nodes: Nodes = { ranges: [], halves: [], boxes: [] };
    const inOrderOfRows = gatherRows(points, this.#order);
    const depth = this.#divide(nodes, inOrderOfRows);
    this.#ranges = Uint32Array.from(nodes.ranges);
    this.#halves = Int32Array.from(nodes.halves);
    this.#boxes = Float64Array.from(nodes.boxes);
    this.#values = new Float64Array(rows * columns);
    this.#order.forEach((row, at) => {
      this.#values.set(inOrderOfRows.subarray(row * columns, (row + 1) * columns), at * columns);
    });
    this.#waiting = new Int32Array(depth + 1);
    this.#bounds = new Float64Array(depth + 1);
  }

  /**
   * Offers points to a list until all others are farther away than what the list has.
   *
   * @param at where the query's values begin in `queries`
   * @param nearest empty
   */
  search(queries: Float64Array, at: number, nearest: NearestList): void {
    const waiting = this.#waiting;
    const bounds = this.#bounds;
    const { squares } = nearest;
    const last = squares.length - 1;
    waiting[0] = 0;
    bounds[0] = this.#squareToBox(queries, at, 0);
    for (let top = 0; top >= 0; top--) {
      if (bounds[top] >= squares[last]) continue;
      const node = waiting[top];
      const [left, right] = [this.#halves[2 * node], this.#halves[2 * node + 1]];
      if (left === NO_NODE) {
        this.#offerLeaf(queries, at, node, nearest);
        continue;
      }
      const [toLeft, toRight] = [this.#squareToBox(queries, at, left), this.#squareToBox(queries, at, right)];
      // The nearer half last, so that it is searched first.
      const isLeftNearer = toLeft < toRight;
      waiting[top] = isLeftNearer ? right : left;
      bounds[top] = isLeftNearer ? toRight : toLeft;
      top++;
      waiting[top] = isLeftNearer ? left : right;
      bounds[top] = isLeftNearer ? toLeft : toRight;
      top++;
    }
  }

  #offerLeaf(queries: Float64Array, at: number, node: number, nearest: NearestList): void {
    const columns = this.#columns;
    const values = this.#values;
    const { squares } = nearest;
    const last = squares.length - 1;
    const end = this.#ranges[2 * node + 1];
    for (let i = this.#ranges[2 * node], v = i * columns; i < end; i++, v += columns) {
      let sum = 0;
      for (let from = 0; from < columns && sum < squares[last]; from += COLUMNS_AT_ONCE) {
        const until = Math.min(columns, from + COLUMNS_AT_ONCE);
        for (let j = from; j < until; j++) {
          const difference = queries[at + j] - values[v + j];
          sum += difference * difference;
        }
      }
      if (sum < squares[last]) nearest.offer(sum, this.#order[i]);
    }
  }

  /**
   * Halves the points until leaves are small.
   *
   * @returns nodes on the longest way to a leaf
   */
  #divide(nodes: Nodes, values: Float64Array): number {
    const waiting = [{ node: this.#add(nodes, values, 0, this.#order.length), depth: 1 }];
    let deepest = 1;
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { node, depth } = next;
      deepest = Math.max(deepest, depth);
      const middle = this.#split(nodes, values, node);
      if (middle === undefined) continue;
      const left = this.#add(nodes, values, nodes.ranges[2 * node], middle);
      const right = this.#add(nodes, values, middle, nodes.ranges[2 * node + 1]);
      [nodes.halves[2 * node], nodes.halves[2 * node + 1]] = [left, right];
      waiting.push({ node: left, depth: depth + 1 }, { node: right, depth: depth + 1 });
    }
    return deepest;
  }

  /** A new node and its box. */
  #add({ ranges, halves, boxes }: Nodes, values: Float64Array, start: number, end: number): number {
    const columns = this.#columns;
    const node = ranges.length / 2;
    ranges.push(start, end);
    halves.push(NO_NODE, NO_NODE);
    const base = boxes.length;
    for (let j = 0; j < columns; j++) boxes.push(Infinity);
    for (let j = 0; j < columns; j++) boxes.push(-Infinity);
    for (let i = start; i < end; i++) {
      for (let j = 0; j < columns; j++) {
        const value = values[this.#order[i] * columns + j];
        if (value < boxes[base + j]) boxes[base + j] = value;
        if (value > boxes[base + columns + j]) boxes[base + columns + j] = value;
      }
    }
    return node;
  }

  /** Puts the rows of the lower half first; returns where the other half begins, or undefined for a leaf. */
  #split({ ranges, boxes }: Nodes, values: Float64Array, node: number): number | undefined {
    const columns = this.#columns;
    let [low, high] = [ranges[2 * node], ranges[2 * node + 1]];
    if (high - low <= LEAF_POINTS) return undefined;
    const base = 2 * columns * node;
    let longest = 0;
    const side = (j: number): number => boxes[base + columns + j] - boxes[base + j];
    for (let j = 1; j < columns; j++) if (side(j) > side(longest)) longest = j;
    if (!(side(longest) > 0)) return undefined;
    const middle = boxes[base + longest] + side(longest) / 2;
    const order = this.#order;
    while (low < high) {
      if (values[order[low] * columns + longest] < middle) low++;
      else {
        high--;
        [order[low], order[high]] = [order[high], order[low]];
      }
    }
    // Rounding may put the middle at a corner.
    return low === ranges[2 * node] || low === ranges[2 * node + 1] ? undefined : low;
  }

  #squareToBox(queries: Float64Array, at: number, node: number): number {
    const columns = this.#columns;
    const boxes = this.#boxes;
    const base = 2 * columns * node;
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const value = queries[at + j];
      const low = boxes[base + j];
      const high = boxes[base + columns + j];
      const outside = value < low ? low - value : value > high ? value - high : 0;
      sum += outside * outside;
    }
    return sum;
  }
}
