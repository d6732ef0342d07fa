import { MoveHeap } from './move-heap.ts';

/**
 * For each pair of clusters, the point of the first that costs least to move to the second. Heaps of points are built
 * only for pairs from which a point was taken.
 */
export class CheapestMoves {
  readonly #costs: Float64Array;
  readonly #labels: Uint32Array;
  readonly #clusters: number;
  /** Extra cost of the cheapest move of each pair, K x K; Infinity when the first cluster is empty. */
  readonly #least: Float64Array;
  readonly #row: Int32Array;
  readonly #heaps: (MoveHeap | undefined)[];
  /** Rows in the order of the clusters that they begin in, and where each cluster begins. */
  readonly #members: Uint32Array;
  readonly #starts: Uint32Array;
  /**
   * What moves of the rows that begin in a cluster add, side by side: most of its heaps are built, and costs of one row after
   * another lie far apart.
   */
  readonly #keysByCluster: (Float64Array | undefined)[];
  /** Rows that came later. */
  readonly #joined: number[][];

  /**
   * @param costs of each point in each cluster, N x K
   * @param labels cluster of each point; `move` changes them
   */
  constructor(costs: Float64Array, labels: Uint32Array, clusters: number) {
    this.#costs = costs;
    this.#labels = labels;
    this.#clusters = clusters;
    this.#least = new Float64Array(clusters * clusters).fill(Infinity);
    this.#row = new Int32Array(clusters * clusters).fill(-1);
    this.#heaps = new Array<MoveHeap | undefined>(clusters * clusters);
    this.#keysByCluster = new Array<Float64Array | undefined>(clusters);
    this.#starts = startsOf(labels, clusters);
    this.#members = new Uint32Array(labels.length);
    this.#joined = Array.from({ length: clusters }, () => []);
    const next = this.#starts.slice();
    for (let i = 0; i < labels.length; i++) {
      const from = labels[i];
      this.#members[next[from]++] = i;
      this.#offer(i, from);
    }
  }

  /** The least that a move from one cluster to another adds to the cost. */
  cost(from: number, to: number): number {
    return this.#least[from * this.#clusters + to];
  }

  /** Makes the cheapest move from one cluster to another. */
  move(from: number, to: number): void {
    const k = this.#clusters;
    const row = this.#row[from * k + to];
    this.#labels[row] = to;
    for (let other = 0; other < k; other++) {
      if (this.#row[from * k + other] === row) this.#refresh(from, other);
    }
    this.#joined[to].push(row);
    for (let other = 0; other < k; other++) {
      if (other !== to) this.#heaps[to * k + other]?.push(this.#key(row, to, other), row);
    }
    this.#offer(row, to);
  }

  /** Takes a row of a cluster into account where it is the cheapest. */
  #offer(row: number, from: number): void {
    const k = this.#clusters;
    const own = this.#costs[row * k + from];
    for (let to = 0; to < k; to++) {
      const key = this.#costs[row * k + to] - own;
      if (to === from || key >= this.#least[from * k + to]) continue;
      this.#least[from * k + to] = key;
      this.#row[from * k + to] = row;
    }
  }

  #refresh(from: number, to: number): void {
    const pair = from * this.#clusters + to;
    const heap = (this.#heaps[pair] ??= this.#build(from, to));
    while (heap.size > 0 && this.#labels[heap.row] !== from) heap.pop();
    this.#least[pair] = heap.size > 0 ? heap.key : Infinity;
    this.#row[pair] = heap.size > 0 ? heap.row : -1;
  }

  #build(from: number, to: number): MoveHeap {
    const labels = this.#labels;
    const members = this.#membersOf(from);
    const joined = this.#joined[from];
    const keys = new Float64Array(members.length + joined.length);
    const rows = new Uint32Array(keys.length);
    const keysOfMembers = (this.#keysByCluster[from] ??= this.#transpose(from));
    const start = to * members.length;
    let count = 0;
    for (let i = 0; i < members.length; i++) {
      if (labels[members[i]] !== from) continue;
      rows[count] = members[i];
      keys[count++] = keysOfMembers[start + i];
    }
    for (const row of joined) {
      if (labels[row] !== from) continue;
      rows[count] = row;
      keys[count++] = this.#key(row, from, to);
    }
    return new MoveHeap(rows, keys, count);
  }

  /** The keys of the rows that begin in a cluster, by the clusters that they may move to: K x rows. */
  #transpose(from: number): Float64Array {
    const members = this.#membersOf(from);
    const keys = new Float64Array(this.#clusters * members.length);
    for (let i = 0; i < members.length; i++) {
      for (let to = 0; to < this.#clusters; to++) {
        keys[to * members.length + i] = this.#key(members[i], from, to);
      }
    }
    return keys;
  }

  #membersOf(cluster: number): Uint32Array {
    return this.#members.subarray(this.#starts[cluster], this.#starts[cluster + 1]);
  }

  #key(row: number, from: number, to: number): number {
    return this.#costs[row * this.#clusters + to] - this.#costs[row * this.#clusters + from];
  }
}

/** Where each cluster begins when rows are sorted by cluster, K + 1 values. */
function startsOf(labels: Uint32Array, clusters: number): Uint32Array {
  const starts = new Uint32Array(clusters + 1);
  for (const label of labels) starts[label + 1]++;
  for (let k = 0; k < clusters; k++) starts[k + 1] += starts[k];
  return starts;
}
