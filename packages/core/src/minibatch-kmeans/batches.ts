import type { KMeansSession } from '../engine/kmeans/session.ts';
import type { PlacedPoints } from '../kmeans/placed-points.ts';
import { matrix, type Matrix } from '../matrix.ts';
import type { Random } from '../random.ts';

/** A few points in a session of their own. */
interface Batch {
  readonly session: KMeansSession;
  readonly points: Matrix;
  readonly weights: Float32Array | undefined;
}

/** Random samples of the points of a fit; points of weight 0 are never drawn. */
export class Batches {
  readonly #place: PlacedPoints;
  readonly #session: KMeansSession;
  readonly #random: Random;
  readonly #signal: AbortSignal | undefined;
  /** Rows of positive weight; undefined when all rows have one. */
  readonly #usable: Uint32Array | undefined;

  /** @param session holds all the points */
  constructor(place: PlacedPoints, session: KMeansSession, random: Random, signal: AbortSignal | undefined) {
    const { weights } = place;
    this.#place = place;
    this.#session = session;
    this.#random = random;
    this.#signal = signal;
    this.#usable = weights?.includes(0)
      ? Uint32Array.from(weights.keys()).filter((row) => weights[row] > 0)
      : undefined;
  }

  /** Number of rows that can be drawn. */
  get rows(): number {
    return this.#usable?.length ?? this.#session.rows;
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
  async with<T>(rows: Uint32Array, use: (batch: Batch) => Promise<T>): Promise<T> {
    const { engine, metric, center, weights: all } = this.#place;
    const { clusters, columns } = this.#session;
    const points = matrix(await this.#session.readRows(rows), rows.length, columns);
    const weights = all && Float32Array.from(rows, (row) => all[row]);
    const session = await engine.createKMeans(points, {
      clusters,
      unitCentroids: metric === 'cosine',
      weights,
      center,
      signal: this.#signal,
    });
    try {
      return await use({ session, points, weights });
    } finally {
      session.destroy();
    }
  }

  #rowsOf(indices: Uint32Array): Uint32Array {
    const usable = this.#usable;
    return usable ? indices.map((i) => usable[i]) : indices;
  }
}
