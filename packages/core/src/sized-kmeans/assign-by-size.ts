import type { Pausable } from '../chunks.ts';
import type { SizeLimits } from './size-limits.ts';
import { CheapestMoves } from './cheapest-moves.ts';

/** Moves between two pauses. */
const MOVES_PER_TURN = 256;

/**
 * The assignment of points to clusters with the least total cost among those within the limits: a transportation problem,
 * solved exactly by successive shortest paths (Ahuja, Magnanti & Orlin, "Network Flows", section 9.7) in the graph of the
 * clusters, where an arc is the cheapest move of a point from one cluster to another. Each path moves one point out of a
 * cluster with too many, so the work is about (points that do not get their favorite cluster) x K^2.
 *
 * @param costs N x K, finite
 * @param limits of each cluster, with a sum of the least of at most N, and of the most of at least N
 * @param prices K values that are added to the costs of clusters: 0, or those of a similar problem, which shortens the
 *   work. They are replaced by the prices at which every point has its favorite cluster
 * @returns cluster of each point, N values
 */
export function* assignBySize(
  costs: Float64Array,
  limits: SizeLimits,
  prices: Float64Array,
): Pausable<Uint32Array> {
  const clusters = prices.length;
  const labels = favorites(costs, prices);
  const network = new SizeNetwork(costs, labels, limits, prices);
  yield;
  for (let moves = 1; network.relieve(); moves++) {
    if (moves % MOVES_PER_TURN === 0) yield;
  }
  // The node of the limits keeps the price 0.
  const base = network.prices[clusters];
  for (let k = 0; k < clusters; k++) prices[k] = network.prices[k] - base;
  return labels;
}

/** The cluster of least cost and price for each point, the first of equal ones. */
function favorites(costs: Float64Array, prices: Float64Array): Uint32Array {
  const clusters = prices.length;
  const labels = new Uint32Array(costs.length / clusters);
  for (let i = 0; i < labels.length; i++) {
    let least = Infinity;
    for (let k = 0; k < clusters; k++) {
      const cost = costs[i * clusters + k] + prices[k];
      if (cost >= least) continue;
      least = cost;
      labels[i] = k;
    }
  }
  return labels;
}

/**
 * The clusters as nodes 0 to K - 1, and node K, which takes from each cluster a number of points within its limits.
 * Throughout, no arc with room left has a negative cost after prices, so that the flow is the cheapest one for its
 * excesses.
 */
class SizeNetwork {
  /** K + 1 values. */
  readonly prices: Float64Array;
  readonly #limits: SizeLimits;
  readonly #moves: CheapestMoves;
  /** Points that each cluster hands on to node K. */
  readonly #taken: Int32Array;
  /** Points too many in each node; negative when some are missing. */
  readonly #excess: Int32Array;
  readonly #distances: Float64Array;
  readonly #before: Int32Array;
  readonly #done: Uint8Array;

  constructor(costs: Float64Array, labels: Uint32Array, limits: SizeLimits, prices: Float64Array) {
    const clusters = prices.length;
    this.prices = new Float64Array(clusters + 1);
    this.prices.set(prices);
    this.#limits = limits;
    this.#moves = new CheapestMoves(costs, labels, clusters);
    this.#taken = new Int32Array(clusters);
    this.#excess = new Int32Array(clusters + 1);
    this.#distances = new Float64Array(clusters + 1);
    this.#before = new Int32Array(clusters + 1);
    this.#done = new Uint8Array(clusters + 1);
    for (const label of labels) this.#excess[label]++;
    this.#excess[clusters] = -labels.length;
    const { least, most } = limits;
    for (let k = 0; k < clusters; k++) {
      // A price above 0 says that too many points want the cluster, one below 0 that too few do.
      const wanted = Math.min(most[k], Math.max(least[k], this.#excess[k]));
      this.#taken[k] = prices[k] > 0 ? most[k] : prices[k] < 0 ? least[k] : wanted;
      this.#excess[k] -= this.#taken[k];
      this.#excess[clusters] += this.#taken[k];
    }
  }

  /** Moves one point out of a node with too many, along a shortest path; false when no node has too many. */
  relieve(): boolean {
    const target = this.#shortestPath();
    if (target < 0) return false;
    const reach = this.#distances[target];
    for (let v = 0; v < this.prices.length; v++) {
      this.prices[v] += Math.max(0, reach - this.#distances[v]);
    }
    let to = target;
    for (let from = this.#before[to]; from >= 0; from = this.#before[to]) {
      this.#push(from, to);
      to = from;
    }
    this.#excess[to]--;
    this.#excess[target]++;
    return true;
  }

  /**
   * Dijkstra's algorithm from all nodes with too many points, until it reaches one where points are missing.
   *
   * @returns that node, or -1 when there is none
   */
  #shortestPath(): number {
    const nodes = this.prices.length;
    this.#done.fill(0);
    this.#before.fill(-1);
    for (let v = 0; v < nodes; v++) this.#distances[v] = this.#excess[v] > 0 ? 0 : Infinity;
    for (;;) {
      let nearest = -1;
      for (let v = 0; v < nodes; v++) {
        if (this.#done[v] === 1 || this.#distances[v] === Infinity) continue;
        if (nearest < 0 || this.#distances[v] < this.#distances[nearest]) nearest = v;
      }
      if (nearest < 0 || this.#excess[nearest] < 0) return nearest;
      this.#done[nearest] = 1;
      this.#lookAround(nearest);
    }
  }

  #lookAround(from: number): void {
    const at = this.#distances[from];
    for (let to = 0; to < this.prices.length; to++) {
      if (this.#done[to] === 1) continue;
      // Rounding may leave a tiny negative number where the exact value is 0.
      const length = Math.max(0, this.#cost(from, to) + this.prices[to] - this.prices[from]);
      if (at + length >= this.#distances[to]) continue;
      this.#distances[to] = at + length;
      this.#before[to] = from;
    }
  }

  /** Infinity where there is no room. */
  #cost(from: number, to: number): number {
    const last = this.#taken.length;
    if (to === last) return this.#taken[from] < this.#limits.most[from] ? 0 : Infinity;
    if (from === last) return this.#taken[to] > this.#limits.least[to] ? 0 : Infinity;
    return this.#moves.cost(from, to);
  }

  #push(from: number, to: number): void {
    const last = this.#taken.length;
    if (to === last) this.#taken[from]++;
    else if (from === last) this.#taken[to]--;
    else this.#moves.move(from, to);
  }
}
