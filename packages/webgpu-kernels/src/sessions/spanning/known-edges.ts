import type { LeastEdges } from '@shoal/core';
import { isShorter, type Edge } from '@shoal/core/engine-kit';

/** Words of an edge: the bits of its weight and its squared distance, its row, and one that is unused. */
export const EDGE_WORDS = 4;

/** The row of an edge that is not there. */
const NOWHERE = 0xffffffff;

/** The shortest edge from each row to another component, as far as they are known. */
export class KnownEdges {
  readonly #ends: Uint32Array;
  /** As long as a row has no edge, none of its edges is below this. */
  readonly #weights: Float32Array;
  readonly #squares: Float32Array;

  constructor(rows: number) {
    this.#ends = new Uint32Array(rows).fill(NOWHERE);
    this.#weights = new Float32Array(rows);
    this.#squares = new Float32Array(rows);
  }

  endOf(row: number): number {
    return this.#ends[row];
  }

  /** Infinite without an edge. */
  weightOf(row: number): number {
    return this.#ends[row] === NOWHERE ? Infinity : this.#weights[row];
  }

  /**
   * Forgets edges that are within components now; returns the rows whose shortest edges may be the shortest of their
   * component, but are not known. Those of the component `spared` are left out.
   */
  toSearch(components: Uint32Array, count: number, spared: number): Uint32Array {
    const least = new Float32Array(count).fill(Infinity);
    components.forEach((component, row) => {
      const end = this.#ends[row];
      if (end === NOWHERE) return;
      if (components[end] === component) this.#ends[row] = NOWHERE;
      else least[component] = Math.min(least[component], this.#weights[row]);
    });
    const rows = Uint32Array.from({ length: components.length }, (_, row) => row);
    return rows.filter(
      (row) =>
        this.#ends[row] === NOWHERE &&
        components[row] !== spared &&
        this.#weights[row] <= least[components[row]],
    );
  }

  /** @param words an edge of the row as the kernel writes it; a row may get several */
  offer(row: number, words: Uint32Array): void {
    const to = words[2];
    if (to === NOWHERE) return;
    const [weight, square] = new Float32Array(words.buffer, words.byteOffset, 2);
    if (this.#ends[row] !== NOWHERE && !isShorter({ weight, square, from: row, to }, this.#edge(row))) return;
    this.#ends[row] = to;
    this.#weights[row] = weight;
    this.#squares[row] = square;
  }

  /** The shortest edge of each component but `spared`. */
  least(components: Uint32Array, count: number, spared: number): LeastEdges {
    const best = new Uint32Array(count).fill(NOWHERE);
    components.forEach((component, row) => {
      if (this.#ends[row] === NOWHERE || component === spared) return;
      const held = best[component];
      if (held === NOWHERE || isShorter(this.#edge(row), this.#edge(held))) best[component] = row;
    });
    return {
      from: best.map((row) => (row === NOWHERE ? 0 : row)),
      to: best.map((row) => (row === NOWHERE ? 0 : this.#ends[row])),
      weights: Float64Array.from(best, (row) => (row === NOWHERE ? Infinity : this.#weights[row])),
      squares: Float64Array.from(best, (row) => (row === NOWHERE ? Infinity : this.#squares[row])),
    };
  }

  #edge(row: number): Edge {
    return { weight: this.#weights[row], square: this.#squares[row], from: row, to: this.#ends[row] };
  }
}
