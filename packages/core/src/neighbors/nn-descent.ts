import { forEachChunk } from '../chunks.ts';
import type { Neighbors } from '../engine/neighbors/session.ts';
import { DataError } from '../errors.ts';
import { assertFinite, type Matrix } from '../matrix.ts';
import { findOrigin } from '../origin/find-origin.ts';
import type { ProgressListener } from '../progress.ts';
import type { Random } from '../random.ts';

export interface NnDescentOptions {
  /** Neighbors of each point, k from 1 to N - 1. */
  readonly neighbors: number;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** Greatest number of rounds; after a dozen nearly all lists are final. */
const MOST_ROUNDS = 15;
/** The search ends when less than this share of all list entries changed in a round. */
const LEAST_CHANGE = 1e-3;
/** Greatest number of neighbors that a point introduces to one another in a round, in either direction. */
const MOST_INTRODUCED = 40;
/** Number of points between two turns of the event loop. */
const POINTS_PER_CHUNK = 256;

/**
 * Approximate nearest neighbors: a neighbor of a neighbor is probably a neighbor too (NN-descent: Dong, Moses & Li,
 * "Efficient k-nearest neighbor graph construction for generic similarity measures", WWW 2011). Lists start at random;
 * in each round a point introduces its new neighbors, and the points that have it as a new neighbor, to one another and
 * to the old ones. The work grows little faster than N, but that of an exact search with the square of N. The result is
 * the same for the same seed.
 *
 * @param points N x D, on the host
 * @returns neighbors of each row, without itself, nearest first
 * @throws {DataError} when values are NaN or infinite, or so large that squares of their differences are infinite
 *   @throws the signal's reason when it is aborted
 */
export async function nnDescent(
  points: Matrix,
  { neighbors, random, signal, onProgress }: NnDescentOptions,
): Promise<Neighbors> {
  assertFinite(points);
  const { rows } = points;
  const lists = new NeighborLists(points, neighbors);
  await forEachChunk(rows, POINTS_PER_CHUNK, signal, (first, end) => {
    for (let i = first; i < end; i++) lists.fill(i, random);
  });
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const introduced = introductions(lists, random);
    let changes = 0;
    await forEachChunk(rows, POINTS_PER_CHUNK, signal, (first, end) => {
      for (let i = first; i < end; i++) changes += introduce(lists, introduced, i);
    });
    onProgress?.({ phase: 'neighbors', completed: round + 1, total: MOST_ROUNDS });
    if (changes < LEAST_CHANGE * rows * neighbors) break;
  }
  if (!lists.squares.every(Number.isFinite)) {
    throw new DataError(
      'A distance is infinite: the values are too large for float32; scale the columns first.',
    );
  }
  return { indices: lists.rows, distances: lists.squares.map(Math.sqrt) };
}

/** For each point the k nearest found so far, nearest first, and which of them are new. */
class NeighborLists {
  readonly rows: Uint32Array;
  readonly squares: Float32Array;
  readonly isNew: Uint8Array;
  readonly neighbors: number;
  readonly points: number;
  readonly #columns: number;
  readonly #values: Float32Array;

  constructor(points: Matrix, neighbors: number) {
    const { data, rows, columns, scale } = points;
    this.points = rows;
    this.neighbors = neighbors;
    this.#columns = columns;
    const origin = findOrigin(points)?.origin ?? new Float64Array(columns);
    this.#values = Float32Array.from(data, (value, at) => value * scale - origin[at % columns]);
    this.rows = new Uint32Array(rows * neighbors);
    this.squares = new Float32Array(rows * neighbors).fill(Infinity);
    this.isNew = new Uint8Array(rows * neighbors);
  }

  /** Starts a point's list with others drawn at random. */
  fill(point: number, random: Random): void {
    for (const drawn of random.distinct(this.neighbors, this.points - 1)) {
      const other = drawn < point ? drawn : drawn + 1;
      this.#offer(point, other, this.#square(point, other));
    }
  }

  /** Adds two points to each other's lists; returns how many of the two lists changed. */
  acquaint(a: number, b: number): number {
    if (a === b) return 0;
    const square = this.#square(a, b);
    return this.#offer(a, b, square) + this.#offer(b, a, square);
  }

  #square(a: number, b: number): number {
    const columns = this.#columns;
    const values = this.#values;
    let sum = 0;
    for (let j = 0, p = a * columns, q = b * columns; j < columns; j++, p++, q++) {
      const difference = values[p] - values[q];
      sum += difference * difference;
    }
    return Math.fround(sum);
  }

  #offer(point: number, other: number, square: number): number {
    const { rows, squares, isNew, neighbors } = this;
    const first = point * neighbors;
    let at = first + neighbors - 1;
    if (!(square < squares[at])) return 0;
    for (let n = first; n <= at; n++) if (rows[n] === other && squares[n] < Infinity) return 0;
    for (; at > first && square < squares[at - 1]; at--) {
      squares[at] = squares[at - 1];
      rows[at] = rows[at - 1];
      isNew[at] = isNew[at - 1];
    }
    squares[at] = square;
    rows[at] = other;
    isNew[at] = 1;
    return 1;
  }
}

/** The points that each point introduces: up to `MOST_INTRODUCED` new ones and as many old ones, drawn evenly. */
interface Introductions {
  readonly fresh: Drawn;
  readonly old: Drawn;
}

class Drawn {
  readonly rows: Uint32Array;
  readonly counts: Uint32Array;

  constructor(points: number) {
    this.rows = new Uint32Array(points * MOST_INTRODUCED);
    this.counts = new Uint32Array(points);
  }

  /** Reservoir sampling: the n-th takes the place of another with a chance of `MOST_INTRODUCED` / n. */
  add(point: number, other: number, random: Random): void {
    const seen = this.counts[point]++;
    const place = seen < MOST_INTRODUCED ? seen : random.integer(seen + 1);
    if (place < MOST_INTRODUCED) this.rows[point * MOST_INTRODUCED + place] = other;
  }

  of(point: number): Uint32Array {
    const start = point * MOST_INTRODUCED;
    return this.rows.subarray(start, start + Math.min(MOST_INTRODUCED, this.counts[point]));
  }
}

/** Draws the points that each point introduces, and marks new ones as old. */
function introductions({ rows, isNew, neighbors, points }: NeighborLists, random: Random): Introductions {
  const fresh = new Drawn(points);
  const old = new Drawn(points);
  for (let i = 0; i < points; i++) {
    for (let at = i * neighbors; at < (i + 1) * neighbors; at++) {
      const drawn = isNew[at] === 1 ? fresh : old;
      drawn.add(i, rows[at], random);
      drawn.add(rows[at], i, random);
    }
  }
  isNew.fill(0);
  return { fresh, old };
}

function introduce(lists: NeighborLists, { fresh, old }: Introductions, point: number): number {
  const newcomers = fresh.of(point);
  const known = old.of(point);
  let changes = 0;
  for (let a = 0; a < newcomers.length; a++) {
    for (let b = 0; b < a; b++) changes += lists.acquaint(newcomers[a], newcomers[b]);
    for (const other of known) changes += lists.acquaint(newcomers[a], other);
  }
  return changes;
}
