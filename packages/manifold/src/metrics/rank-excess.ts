import { DataError, type Matrix, type ProgressListener } from '@shoal/core';
import { forEachChunk } from '@shoal/core/engine-kit';

/** Rows on each side of a tile of distances, a multiple of 4. */
const TILE = 64;

interface RankExcessOptions {
  /** Rows whose neighbors are judged, without repeats. */
  readonly judged: Uint32Array;
  /** Neighbors of every row, N x k. */
  readonly indices: Uint32Array;
  /** k, at least 1. */
  readonly neighbors: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/**
 * The sum, over some points and their k given neighbors, of how much the rank of each neighbor among all points exceeds
 * k. Rank 1 is the nearest; of equally far points the lower row comes first.
 *
 * Squared distances are computed in tiles, in float64, and each is used for both of its points. Only counts are kept:
 * how many points come between two neighbors of a point.
 *
 * @param points N x D, finite
 * @throws {DataError} when the square of a distance is infinite
 * @throws the signal's reason when it is aborted
 */
export async function rankExcess(
  points: Matrix,
  { judged, indices, neighbors, signal, onProgress }: RankExcessOptions,
): Promise<number> {
  const { rows, columns } = points;
  const order = judgedFirst(judged, rows);
  const limits = new Limits(points, judged, indices, neighbors);
  const tile = new Float64Array(TILE * columns);
  const others = new Float64Array(TILE * columns);
  const squares = new Float64Array(TILE * TILE);
  for (let first = 0; first < judged.length; first += TILE) {
    const end = Math.min(judged.length, first + TILE);
    fillTile(tile, points, order, first);
    await forEachChunk(rows - first, TILE, signal, (from, to) => {
      fillTile(others, points, order, first + from);
      squaredDistances(tile, others, columns, squares);
      for (let p = first; p < end; p++) {
        for (let q = Math.max(p + 1, first + from); q < first + to; q++) {
          const square = squares[(p - first) * TILE + q - first - from];
          limits.count(p, square, order[q]);
          if (q < judged.length) limits.count(q, square, order[p]);
        }
      }
    });
    onProgress?.({ phase: 'trustworthiness', completed: end, total: judged.length });
  }
  return limits.excess();
}

/** All rows, the judged ones first: so every pair with a judged row is visited once. */
function judgedFirst(judged: Uint32Array, rows: number): Uint32Array {
  const isJudged = new Uint8Array(rows);
  for (const row of judged) isJudged[row] = 1;
  const order = new Uint32Array(rows);
  order.set(judged);
  let size = judged.length;
  for (let row = 0; row < rows; row++) if (isJudged[row] === 0) order[size++] = row;
  return order;
}

/** Each judged point's neighbors from the nearest to the farthest, and the number of points directly before each. */
class Limits {
  readonly #neighbors: number;
  readonly #squares: Float64Array;
  readonly #rows: Uint32Array;
  readonly #before: Uint32Array;

  constructor(points: Matrix, judged: Uint32Array, indices: Uint32Array, neighbors: number) {
    this.#neighbors = neighbors;
    this.#squares = new Float64Array(judged.length * neighbors);
    this.#rows = new Uint32Array(judged.length * neighbors);
    this.#before = new Uint32Array(judged.length * neighbors);
    judged.forEach((point, p) => {
      const found = Array.from(indices.subarray(point * neighbors, (point + 1) * neighbors), (row) => ({
        row,
        square: squaredDistance(points, point, row),
      }));
      found.sort((a, b) => a.square - b.square || a.row - b.row);
      found.forEach(({ row, square }, n) => {
        this.#rows[p * neighbors + n] = row;
        this.#squares[p * neighbors + n] = square;
      });
    });
  }

  /** Counts a point at this distance from judged point `p`. */
  count(p: number, square: number, row: number): void {
    let low = p * this.#neighbors;
    let high = low + this.#neighbors;
    // Most points are farther than all neighbors.
    if (!this.#precedes(square, row, high - 1)) return;
    for (high--; low < high;) {
      const middle = (low + high) >> 1;
      if (this.#precedes(square, row, middle)) high = middle;
      else low = middle + 1;
    }
    this.#before[low]++;
  }

  excess(): number {
    let sum = 0;
    for (let start = 0; start < this.#before.length; start += this.#neighbors) {
      let rank = 1;
      for (let n = start; n < start + this.#neighbors; n++) {
        rank += this.#before[n];
        sum += Math.max(0, rank - this.#neighbors);
      }
    }
    return sum;
  }

  #precedes(square: number, row: number, at: number): boolean {
    return square < this.#squares[at] || (square === this.#squares[at] && row < this.#rows[at]);
  }
}

/** A scale changes ranks only when it is 0. Without it, bytes stay whole numbers and their ties exact. */
function factorOf({ scale }: Matrix): number {
  return scale === 0 ? 0 : 1;
}

/** Adds up in the order of the columns, as tiles do, so that a neighbor has the same distance to the bit in both. */
function squaredDistance(points: Matrix, a: number, b: number): number {
  const { data, columns } = points;
  const factor = factorOf(points);
  let sum = 0;
  for (let j = 0, p = a * columns, q = b * columns; j < columns; j++, p++, q++) {
    const difference = data[p] * factor - data[q] * factor;
    sum += difference * difference;
  }
  if (sum === Infinity) {
    throw new DataError(
      `The distance of rows ${a} and ${b} is too large to be squared in float64; scale the columns first.`,
    );
  }
  return sum;
}

/** Up to `TILE` points from a place in the order, column by column; values beyond the last point are left unchanged. */
function fillTile(tile: Float64Array, points: Matrix, order: Uint32Array, first: number): void {
  const { data, columns } = points;
  const factor = factorOf(points);
  const count = Math.min(TILE, order.length - first);
  for (let r = 0; r < count; r++) {
    const from = order[first + r] * columns;
    for (let j = 0, at = r; j < columns; j++, at += TILE) tile[at] = data[from + j] * factor;
  }
}

/** Squared distances between the points of two tiles, eight at a time so that sums stay in registers. */
function squaredDistances(a: Float64Array, b: Float64Array, columns: number, squares: Float64Array): void {
  for (let p = 0; p < TILE; p += 2) {
    for (let q = 0; q < TILE; q += 4) {
      let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let j = 0, at = p, other = q; j < columns; j++, at += TILE, other += TILE) {
        const x0 = a[at];
        const x1 = a[at + 1];
        const y0 = b[other];
        const y1 = b[other + 1];
        const y2 = b[other + 2];
        const y3 = b[other + 3];
        s00 += (x0 - y0) * (x0 - y0);
        s01 += (x0 - y1) * (x0 - y1);
        s02 += (x0 - y2) * (x0 - y2);
        s03 += (x0 - y3) * (x0 - y3);
        s10 += (x1 - y0) * (x1 - y0);
        s11 += (x1 - y1) * (x1 - y1);
        s12 += (x1 - y2) * (x1 - y2);
        s13 += (x1 - y3) * (x1 - y3);
      }
      const to = p * TILE + q;
      squares[to] = s00;
      squares[to + 1] = s01;
      squares[to + 2] = s02;
      squares[to + 3] = s03;
      squares[to + TILE] = s10;
      squares[to + TILE + 1] = s11;
      squares[to + TILE + 2] = s12;
      squares[to + TILE + 3] = s13;
    }
  }
}
