import type { Contingency } from './contingency.ts';
import { MinHeap } from './min-heap.ts';

/**
 * Greatest number of cells that a search visits: some seconds. Only thousands of classes that all overlap need more.
 */
export const MOST_VISITS = 2 ** 28;

/**
 * The one-to-one matching of classes with clusters that keeps the most points, found from cells above zero alone: one
 * class after another, each by a shortest augmenting path (Dijkstra's over reduced costs) that ends at a free cluster,
 * or at a class that should stay without a cluster. At worst O(classes * cells * log(classes)) time, O(cells) memory.
 * Kuhn, Naval Research Logistics 2 (1955); Jonker & Volgenant, Computing 38 (1987). Counts are whole, so that sums of
 * them are exact.
 */
export class SparseMatching {
  /** For each class its cluster, or -1. */
  readonly clusterOfClass: Int32Array;
  /** Cells visited so far. */
  visits = 0;

  readonly #classOfCluster: Int32Array;
  /** Cells of class i are `starts[i] <= cell < starts[i + 1]`. */
  readonly #starts: Uint32Array;
  readonly #columns: Uint32Array;
  readonly #counts: Float64Array;
  /**
   * Dual values: those of a class and a cluster add up to at least their cell, and to exactly their cell when they are
   * matched.
   */
  readonly #ofClass: Float64Array;
  readonly #ofCluster: Float64Array;
  /** Length of the shortest path to each cluster in this search, and the class before it on the path. */
  readonly #length: Float64Array;
  readonly #from: Int32Array;
  readonly #queue = new MinHeap();

  constructor({ classes, clusters, cells }: Contingency) {
    this.clusterOfClass = new Int32Array(classes.length).fill(-1);
    this.#classOfCluster = new Int32Array(clusters.length).fill(-1);
    this.#starts = new Uint32Array(classes.length + 1);
    this.#columns = new Uint32Array(cells.length);
    this.#counts = new Float64Array(cells.length);
    this.#ofClass = new Float64Array(classes.length);
    this.#ofCluster = new Float64Array(clusters.length);
    this.#length = new Float64Array(clusters.length).fill(Infinity);
    this.#from = new Int32Array(clusters.length);
    cells.forEach(({ row, column, count }, cell) => {
      this.#starts[row + 1] = cell + 1;
      this.#columns[cell] = column;
      this.#counts[cell] = count;
      this.#ofClass[row] = Math.max(this.#ofClass[row], count);
    });
    for (let row = 0; row < classes.length; row++) {
      this.#starts[row + 1] = Math.max(this.#starts[row + 1], this.#starts[row]);
    }
  }

  /** Finds a place for the next class. Call it once for each class, in any order. */
  add(root: number): void {
    const touched: number[] = [];
    const settled: (readonly [length: number, row: number])[] = [];
    // A path may end at a class that stays without a cluster: at first, at the root itself.
    let shortest = this.#ofClass[root];
    let lastRow = root;
    let lastColumn = -1;
    this.#queue.push(0, root);
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) {
      const [length, row] = next;
      if (length >= shortest) break;
      const own = this.clusterOfClass[row];
      if (own >= 0 && this.#length[own] < length) continue;
      settled.push(next);
      if (length + this.#ofClass[row] < shortest) {
        shortest = length + this.#ofClass[row];
        lastRow = row;
        lastColumn = -1;
      }
      const end = this.#starts[row + 1];
      this.visits += end - this.#starts[row];
      for (let cell = this.#starts[row]; cell < end; cell++) {
        const column = this.#columns[cell];
        const reach = length + this.#ofClass[row] + this.#ofCluster[column] - this.#counts[cell];
        if (reach >= shortest || reach >= this.#length[column]) continue;
        this.#length[column] = reach;
        this.#from[column] = row;
        touched.push(column);
        if (this.#classOfCluster[column] >= 0) {
          this.#queue.push(reach, this.#classOfCluster[column]);
        } else {
          shortest = reach;
          lastColumn = column;
        }
      }
    }
    this.#queue.clear();
    for (const [length, row] of settled) {
      this.#ofClass[row] -= shortest - length;
      const own = this.clusterOfClass[row];
      if (own >= 0) this.#ofCluster[own] += shortest - length;
    }
    for (const column of touched) this.#length[column] = Infinity;
    this.#flip(root, lastRow, lastColumn);
  }

  /**
   * Gives every class on the path the cluster that it reached. The last class loses its cluster if the path ends at a
   * class that stays without one.
   */
  #flip(root: number, lastRow: number, lastColumn: number): void {
    let column = lastColumn;
    if (column < 0) {
      if (lastRow === root) return;
      column = this.clusterOfClass[lastRow];
      this.clusterOfClass[lastRow] = -1;
    }
    for (let row = -1; row !== root;) {
      row = this.#from[column];
      const next = this.clusterOfClass[row];
      this.clusterOfClass[row] = column;
      this.#classOfCluster[column] = row;
      column = next;
    }
  }
}
