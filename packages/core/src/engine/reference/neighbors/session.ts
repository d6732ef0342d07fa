import { Destroyable } from '../../../destroyable.ts';
import { sliceRows, type Matrix } from '../../../matrix.ts';
import type { Neighbors, NeighborSearchOptions, NeighborSearchSession } from '../../neighbors/session.ts';
import { assertQueries, assertRowIndices } from '../../session-input.ts';
import { forEachPoint } from '../for-each-point.ts';
import { NearestList } from './nearest-list.ts';
import { SessionLife, type EngineLife } from '../life.ts';

/** Nearest neighbors by comparing every pair in float64. Every other engine is compared with it. */
export class ReferenceNeighborSearchSession extends Destroyable implements NeighborSearchSession {
  readonly rows: number;
  readonly columns: number;
  readonly neighbors: number;

  readonly #life: SessionLife;
  readonly #points: Matrix;
  readonly #signal: AbortSignal | undefined;

  constructor(points: Matrix, { neighbors, signal }: NeighborSearchOptions, life: EngineLife) {
    super();
    this.#life = new SessionLife('neighbor search', life);
    this.rows = points.rows;
    this.columns = points.columns;
    this.neighbors = neighbors;
    this.#points = points;
    this.#signal = signal;
  }

  async nearestToRows(start: number, count: number): Promise<Neighbors> {
    this.#life.assertAlive();
    if (count === 0) return { indices: new Uint32Array(), distances: new Float32Array() };
    assertRowIndices([start, start + count - 1], this.rows);
    return this.#search(sliceRows(this.#points, start, start + count), start);
  }

  async nearestTo(queries: Matrix): Promise<Neighbors> {
    this.#life.assertAlive();
    assertQueries(queries, this.columns);
    return this.#search(queries, undefined);
  }

  destroy(): void {
    this.#life.end();
  }

  /** @param itself row of the first query among the searched points, when queries are rows of them */
  async #search(queries: Matrix, itself: number | undefined): Promise<Neighbors> {
    const { neighbors, rows, columns } = this;
    const { data, scale } = this.#points;
    const indices = new Uint32Array(queries.rows * neighbors);
    const distances = new Float32Array(queries.rows * neighbors);
    const nearest = new NearestList(neighbors);
    await forEachPoint(queries, rows * columns, this.#signal, (query, i) => {
      nearest.clear();
      const own = itself === undefined ? -1 : itself + i;
      for (let row = 0; row < rows; row++) {
        if (row === own) continue;
        let sum = 0;
        for (let j = 0; j < columns; j++) {
          const difference = query[j] - data[row * columns + j] * scale;
          sum += difference * difference;
        }
        nearest.offer(sum, row);
      }
      for (let n = 0; n < neighbors; n++) {
        indices[i * neighbors + n] = nearest.rows[n];
        distances[i * neighbors + n] = Math.sqrt(nearest.squares[n]);
      }
    });
    return { indices, distances };
  }
}
