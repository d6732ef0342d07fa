import { forEachChunk } from '../chunks.ts';
import type { Engine } from '../engine/engine.ts';
import { isShorter } from '../engine/spanning/is-shorter.ts';
import type { LeastEdges, SpanningSession } from '../engine/spanning/session.ts';
import type { Matrix } from '../matrix.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import type { EdgeSearch } from './spanning-tree.ts';

/** Number of points between two turns of the event loop. */
const POINTS_PER_CHUNK = 4096;

/** Neighbors of points, and their distances. */
export interface NeighborLists {
  /** k rows for each point, N x k. */
  readonly rows: Uint32Array;
  /** Squared distances to them. */
  readonly squares: Float64Array;
  /** Squared core distance of each point. */
  readonly core: Float64Array;
}

/**
 * The shortest edges of components among those to listed neighbors. Lists may leave groups of points apart; the shortest edges
 * between such groups are found by the engine, among all pairs of points.
 */
export class ListedEdges implements EdgeSearch {
  readonly rows: number;
  readonly #points: Matrix;
  readonly #lists: NeighborLists;
  readonly #engine: Engine;
  readonly #signal: AbortSignal | undefined;
  #session: SpanningSession | undefined;

  constructor(points: Matrix, lists: NeighborLists, engine: Engine, signal: AbortSignal | undefined) {
    this.rows = points.rows;
    this.#points = points;
    this.#lists = lists;
    this.#engine = engine;
    this.#signal = signal;
  }

  async leastEdges(components: Uint32Array, count: number, spared = NO_CLUSTER): Promise<LeastEdges> {
    const least = emptyEdges(count);
    await forEachChunk(this.rows, POINTS_PER_CHUNK, this.#signal, (first, end) => {
      for (let i = first; i < end; i++) this.#offerNeighborsOf(i, components, spared, least);
    });
    return least.weights.some(Number.isFinite) ? least : this.#amongAll(components, count, spared);
  }

  destroy(): void {
    this.#session?.destroy();
  }

  /** An edge joins two components, and is offered to both: that a point is listed does not mean that it lists the other one. */
  #offerNeighborsOf(from: number, components: Uint32Array, spared: number, least: LeastEdges): void {
    const { rows, squares, core } = this.#lists;
    const neighbors = rows.length / this.rows;
    const own = components[from];
    for (let at = from * neighbors; at < (from + 1) * neighbors; at++) {
      const to = rows[at];
      const other = components[to];
      if (other === own) continue;
      const square = squares[at];
      const weight = Math.max(square, core[from], core[to]);
      if (own !== spared) offer(least, own, { from, to, weight, square });
      if (other !== spared) offer(least, other, { from: to, to: from, weight, square });
    }
  }

  /** By distance alone: the core distances of the engine would be those of an exact search. */
  async #amongAll(components: Uint32Array, count: number, spared: number): Promise<LeastEdges> {
    this.#session ??= await this.#engine.createSpanning(this.#points, {
      minSamples: 0,
      signal: this.#signal,
    });
    const { from, to, squares } = await this.#session.leastEdges(components, count, spared);
    const { core } = this.#lists;
    return {
      from,
      to,
      squares,
      weights: squares.map((square, c) => Math.max(square, core[from[c]], core[to[c]])),
    };
  }
}

function emptyEdges(count: number): LeastEdges {
  return {
    from: new Uint32Array(count),
    to: new Uint32Array(count),
    weights: new Float64Array(count).fill(Infinity),
    squares: new Float64Array(count).fill(Infinity),
  };
}

function offer(
  { from, to, weights, squares }: LeastEdges,
  component: number,
  edge: Parameters<typeof isShorter>[0],
): void {
  if (edge.weight > weights[component]) return;
  const known = {
    from: from[component],
    to: to[component],
    weight: weights[component],
    square: squares[component],
  };
  if (!isShorter(edge, known)) return;
  from[component] = edge.from;
  to[component] = edge.to;
  weights[component] = edge.weight;
  squares[component] = edge.square;
}
