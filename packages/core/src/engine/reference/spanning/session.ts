import { Destroyable } from '../../../destroyable.ts';
import { chunkRows, forEachChunk } from '../../../chunks.ts';
import type { Matrix } from '../../../matrix.ts';
import { NO_CLUSTER } from '../../../no-cluster.ts';
import { squaredDistance } from '../../arithmetic/squared-distance.ts';
import { assertComponents, assertLength, assertSquare } from '../../session-input.ts';
import { isShorter, type Edge } from '../../spanning/is-shorter.ts';
import type { LeastEdges, SpanningOptions, SpanningSession } from '../../spanning/session.ts';
import { SessionLife, type EngineLife } from '../life.ts';
import { NearestList } from '../neighbors/nearest-list.ts';

/** Longer than all others. */
const NO_EDGE: Edge = { weight: Infinity, square: Infinity, from: 0, to: 0 };

/** Spanning trees and radii by comparing every pair in float64. Every other engine is compared with it. */
export class ReferenceSpanningSession extends Destroyable implements SpanningSession {
  readonly rows: number;
  readonly columns: number;

  readonly #life: SessionLife;
  readonly #points: Matrix;
  readonly #minSamples: number;
  readonly #signal: AbortSignal | undefined;
  #core: Float64Array | undefined;

  constructor(points: Matrix, { minSamples, signal }: SpanningOptions, life: EngineLife) {
    super();
    this.#life = new SessionLife('spanning session', life);
    this.rows = points.rows;
    this.columns = points.columns;
    this.#points = points;
    this.#minSamples = minSamples;
    this.#signal = signal;
  }

  async coreSquares(onRows?: (rows: number) => void): Promise<Float64Array> {
    this.#life.assertAlive();
    const known = this.#core;
    if (known) return known.slice();
    const core = new Float64Array(this.rows);
    if (this.#minSamples > 0) {
      const nearest = new NearestList(this.#minSamples);
      await this.#forRows((row) => {
        nearest.clear();
        for (let other = 0; other < this.rows; other++) {
          if (other !== row) nearest.offer(squaredDistance(this.#points, row, other), other);
        }
        core[row] = nearest.squares[this.#minSamples - 1];
        onRows?.(row + 1);
      });
    }
    this.#core = core;
    return core.slice();
  }

  async leastEdges(components: Uint32Array, count: number, spared = NO_CLUSTER): Promise<LeastEdges> {
    this.#life.assertAlive();
    assertComponents(components, count, this.rows);
    const core = await this.coreSquares();
    const least = new Array<Edge>(count).fill(NO_EDGE);
    await this.#forRows((from) => {
      if (components[from] === spared) return;
      for (let to = 0; to < this.rows; to++) {
        if (components[to] === components[from]) continue;
        const square = squaredDistance(this.#points, from, to);
        const edge = { weight: Math.max(core[from], core[to], square), square, from, to };
        if (isShorter(edge, least[components[from]])) least[components[from]] = edge;
      }
    });
    return {
      from: Uint32Array.from(least, ({ from }) => from),
      to: Uint32Array.from(least, ({ to }) => to),
      weights: Float64Array.from(least, ({ weight }) => weight),
      squares: Float64Array.from(least, ({ square }) => square),
    };
  }

  async countWithin(square: number): Promise<Uint32Array> {
    this.#life.assertAlive();
    assertSquare(square);
    const counts = new Uint32Array(this.rows);
    await this.#forRows((row) => {
      for (let other = 0; other < this.rows; other++) {
        if (squaredDistance(this.#points, row, other) <= square) counts[row]++;
      }
    });
    return counts;
  }

  async joinWithin(square: number, isCore: Uint8Array): Promise<Uint32Array> {
    this.#life.assertAlive();
    assertSquare(square);
    assertLength('The core points', isCore, this.rows);
    const lowest = new Uint32Array(this.rows).fill(NO_CLUSTER);
    // Each component spreads from its lowest row, so that a point that is in reach of several gets the lowest one.
    await this.#forRows((seed) => {
      if (isCore[seed] === 0 || lowest[seed] !== NO_CLUSTER) return;
      lowest[seed] = seed;
      const waiting = [seed];
      for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
        for (let other = 0; other < this.rows; other++) {
          if (lowest[other] !== NO_CLUSTER || squaredDistance(this.#points, row, other) > square) continue;
          lowest[other] = seed;
          if (isCore[other] !== 0) waiting.push(other);
        }
      }
    });
    return lowest;
  }

  destroy(): void {
    this.#life.end();
  }

  #forRows(visit: (row: number) => void): Promise<void> {
    return forEachChunk(this.rows, chunkRows(this.rows * this.columns), this.#signal, (start, end) => {
      for (let row = start; row < end; row++) visit(row);
    });
  }
}
