import type { TreeEdges } from '../tree/linkage.ts';

/** Columns that are added up before a sum is compared with the least one so far. */
const COLUMNS_PER_CHECK = 8;
const NOTHING = -1;

/**
 * Clusters that Ward's linkage is merging. A cluster has the number of its lowest point; cost is the square of the height
 * of a merge: 2 ab / (a + b) times the squared distance of the centroids, for sizes a and b.
 */
export class WardClusters {
  readonly columns: number;
  /** Numbers of the clusters that are there, ascending. */
  active: Uint32Array;
  /** By number, N x D. */
  readonly centroids: Float64Array;
  readonly sizes: Float64Array;
  /** The cluster with the least cost, and the cost; `NOTHING` where it is not known. */
  readonly #nearest: Int32Array;
  readonly #costs: Float64Array;
  readonly #edges: TreeEdges;
  #merges = 0;

  /**
   * @param centroids N x D; they are changed
   * @param sizes N values; they are changed
   */
  constructor(centroids: Float64Array, sizes: Float64Array) {
    const count = sizes.length;
    this.columns = centroids.length / count;
    this.active = Uint32Array.from(sizes.keys());
    this.centroids = centroids;
    this.sizes = sizes;
    this.#nearest = new Int32Array(count).fill(NOTHING);
    this.#costs = new Float64Array(count).fill(Infinity);
    this.#edges = {
      from: new Uint32Array(count - 1),
      to: new Uint32Array(count - 1),
      weights: new Float64Array(count - 1),
    };
  }

  get merges(): number {
    return this.#merges;
  }

  /** One edge for each merge, between the lowest points of both clusters; complete after the last merge. */
  get edges(): TreeEdges {
    return this.#edges;
  }

  /** Clusters whose nearest one is not known, ascending. */
  pending(): Uint32Array {
    return this.active.filter((cluster) => this.#nearest[cluster] === NOTHING);
  }

  /** The least cost that was offered to a cluster. */
  costOf(cluster: number): number {
    return this.#costs[cluster];
  }

  /** Compares a cluster with another one; of equal costs the lower number stays. */
  offer(cluster: number, other: number): void {
    if (other === cluster) return;
    const cost = this.#costWithin(cluster, other, this.#costs[cluster]);
    const isLess = cost < this.#costs[cluster];
    if (isLess || (cost === this.#costs[cluster] && other < this.#nearest[cluster])) {
      this.#costs[cluster] = cost;
      this.#nearest[cluster] = other;
    }
  }

  /**
   * Merges all pairs of clusters that are each other's nearest. Other clusters do not become nearer by a merge (the linkage
   * is reducible), so the order of merges does not matter, and what is known of clusters that are not merged stays true.
   *
   * @returns whether there was such a pair
   */
  mergePairs(): boolean {
    const merged = new Uint8Array(this.sizes.length);
    const nearest = this.#nearest;
    for (const a of this.active) {
      const b = nearest[a];
      if (b <= a || nearest[b] !== a) continue;
      this.#merge(a, b);
      merged[a] = 1;
      merged[b] = 1;
    }
    const found = merged.includes(1);
    // All are looked at again when equal costs make a circle.
    const isStale = (cluster: number): boolean =>
      !found || merged[cluster] === 1 || merged[nearest[cluster]] === 1;
    this.active = this.active.filter((cluster) => this.sizes[cluster] > 0);
    for (const cluster of this.active.filter(isStale)) {
      nearest[cluster] = NOTHING;
      this.#costs[cluster] = Infinity;
    }
    return found;
  }

  /** The cost of a merge, or a value above `limit` when it is above. */
  #costWithin(a: number, b: number, limit: number): number {
    const { centroids, columns } = this;
    const factor = wardFactor(this.sizes[a], this.sizes[b]);
    let [left, right] = [a * columns, b * columns];
    const end = left + columns;
    let sum = 0;
    while (left < end) {
      const stop = Math.min(end, left + COLUMNS_PER_CHECK);
      for (; left < stop; left++, right++) {
        const difference = centroids[left] - centroids[right];
        sum += difference * difference;
      }
      if (factor * sum > limit) break;
    }
    return factor * sum;
  }

  /** Merges cluster b into a. */
  #merge(a: number, b: number): void {
    const { centroids, columns, sizes } = this;
    const { from, to, weights } = this.#edges;
    const merge = this.#merges++;
    [from[merge], to[merge]] = [a, b];
    weights[merge] = Math.sqrt(this.#costs[a]);
    const share = sizes[b] / (sizes[a] + sizes[b]);
    for (let j = 0; j < columns; j++) {
      centroids[a * columns + j] += share * (centroids[b * columns + j] - centroids[a * columns + j]);
    }
    sizes[a] += sizes[b];
    sizes[b] = 0;
  }
}

/** What a squared distance of centroids is multiplied by. */
export function wardFactor(a: number, b: number): number {
  return (2 * a * b) / (a + b);
}
