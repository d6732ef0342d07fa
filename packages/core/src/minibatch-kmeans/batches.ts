import { withRows, type RowSession, type RowSource } from '../kmeans/with-rows.ts';
import type { Random } from '../random.ts';

/** Random samples of the points of a fit; points of weight 0 are never drawn. */
export class Batches {
  readonly #source: RowSource;
  readonly #random: Random;
  /** Rows of positive weight; undefined when all rows have one. */
  readonly #usable: Uint32Array | undefined;

  constructor(source: RowSource, random: Random) {
    const { weights } = source;
    this.#source = source;
    this.#random = random;
    this.#usable = weights?.includes(0)
      ? Uint32Array.from(weights.keys()).filter((row) => weights[row] > 0)
      : undefined;
  }

  /** Number of rows that can be drawn. */
  get rows(): number {
    return this.#usable?.length ?? this.#source.session.rows;
  }

  /** Rows drawn with replacement. */
  draw(count: number): Uint32Array {
    return this.#rowsOf(Uint32Array.from({ length: count }, () => this.#random.integer(this.rows)));
  }

  /** Different rows. */
  drawDistinct(count: number): Uint32Array {
    return this.#rowsOf(this.#random.distinct(count, this.rows));
  }

  /** Opens a session of the rows, hands it on, and frees it. */
  with<T>(rows: Uint32Array, use: (batch: RowSession) => Promise<T>): Promise<T> {
    return withRows(this.#source, rows, this.#source.session.clusters, use);
  }

  #rowsOf(indices: Uint32Array): Uint32Array {
    const usable = this.#usable;
    return usable ? indices.map((i) => usable[i]) : indices;
  }
}
