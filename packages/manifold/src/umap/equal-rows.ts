import type { Matrix } from '@shoal/core';

/** Finds the rows of a matrix that equal a row, by all their values. */
export class EqualRows {
  readonly #matrix: Matrix;
  /**
   * The last added row of each hash, and for each row the one before it with the same hash; of equal rows only the
   * first is added.
   */
  readonly #lastOf = new Map<number, number>();
  readonly #before: Int32Array;
  /** The first row that equals each row. */
  readonly firstOf: Uint32Array;

  constructor(matrix: Matrix) {
    this.#matrix = matrix;
    this.#before = new Int32Array(matrix.rows).fill(-1);
    this.firstOf = new Uint32Array(matrix.rows);
    for (let row = 0; row < matrix.rows; row++) {
      const hash = hashOf(matrix, row);
      const equal = this.#find(matrix, row, hash);
      this.firstOf[row] = equal ?? row;
      if (equal !== undefined) continue;
      this.#before[row] = this.#lastOf.get(hash) ?? -1;
      this.#lastOf.set(hash, row);
    }
  }

  /** The first row that equals row `row` of `others`, which has as many columns. */
  find(others: Matrix, row: number): number | undefined {
    return this.#find(others, row, hashOf(others, row));
  }

  #find(others: Matrix, row: number, hash: number): number | undefined {
    for (let own = this.#lastOf.get(hash) ?? -1; own >= 0; own = this.#before[own]) {
      if (areEqual(this.#matrix, own, others, row)) return own;
    }
    return undefined;
  }
}

function areEqual(a: Matrix, rowOfA: number, b: Matrix, rowOfB: number): boolean {
  const { columns } = a;
  for (let j = 0; j < columns; j++) {
    if (a.data[rowOfA * columns + j] * a.scale !== b.data[rowOfB * columns + j] * b.scale) return false;
  }
  return true;
}

const value = new Float64Array(1);
const words = new Uint32Array(value.buffer);

function hashOf({ data, columns, scale }: Matrix, row: number): number {
  let hash = 0;
  for (let at = row * columns; at < (row + 1) * columns; at++) {
    // Plus 0, because -0 equals 0.
    value[0] = data[at] * scale + 0;
    hash = Math.imul(hash ^ words[0], 0x85ebca6b) ^ (hash >>> 15);
    hash = Math.imul(hash ^ words[1], 0xc2b2ae35) ^ (hash >>> 13);
  }
  return hash;
}
