import type { Dendrogram } from './dendrogram.ts';

/** The parent of the root. */
export const NO_PARENT = -1;

/**
 * A condensed tree (Campello, Moulavi & Sander, "Density-based clustering based on hierarchical density estimates", PAKDD
 * 2013): while the level of density rises, clusters lose points, and now and then one divides into clusters of at least
 * the least size. A level is 1 / distance. Cluster 0 is the root, with all points; parents come before their children.
 */
export interface CondensedTree {
  /** Number of clusters, C >= 1. */
  readonly clusters: number;
  /** Parent of each cluster, C values; `NO_PARENT` for the root. */
  readonly parents: Int32Array;
  /** Level at which each cluster begins, C values; 0 for the root. */
  readonly births: Float64Array;
  /** Level at which each cluster loses its last point or divides, C values; infinite where points are equal. */
  readonly deaths: Float64Array;
  /** Number of points that each cluster begins with, C values. */
  readonly sizes: Uint32Array;
  /** Excess of mass of each cluster: how long its points stay, added up; C values, infinite where points are equal. */
  readonly stabilities: Float64Array;
  /** The last cluster that each point is in, N values. */
  readonly pointClusters: Uint32Array;
  /** Level at which each point leaves it, N values; infinite for equal points. */
  readonly pointLevels: Float64Array;
}

/**
 * Condenses a single-linkage tree. Merges at exactly the same height are one step, in which a cluster may divide into any
 * number of parts; what is too small for a cluster goes with the largest one. Such steps are common, because the core
 * distance of one point is the length of several edges, and other programs take their merges in some order. Here the result
 * does not depend on the order of the points, nor on which of several minimum spanning trees was found, and equal points
 * always stay together.
 *
 * @param minClusterSize least number of points of a cluster, >= 2
 */
export function condense(tree: Dendrogram, minClusterSize: number): CondensedTree {
  const { leaves, heights, sizes } = tree;
  const layout = layOut(tree);
  const clusters = new ClustersInProgress(leaves);
  // The cluster that a node begins a step of; -1 for nodes inside of a step, and below a part that was lost.
  const clusterOf = new Int32Array(leaves + heights.length).fill(-1);
  clusterOf[leaves + heights.length - 1] = 0;
  if (leaves === 1) clusters.lose(0, [0], 0);
  for (let m = heights.length - 1; m >= 0; m--) {
    const cluster = clusterOf[leaves + m];
    if (cluster < 0) continue;
    const level = heights[m] > 0 ? 1 / heights[m] : Infinity;
    const parts = partsOf(tree, m);
    const sizeOf = (part: number): number => (part < leaves ? 1 : sizes[part - leaves]);
    const pointsOf = (part: number): Uint32Array =>
      layout.order.subarray(layout.starts[part], layout.starts[part] + sizeOf(part));
    const small = parts.filter((part) => sizeOf(part) < minClusterSize);
    const large = parts.filter((part) => sizeOf(part) >= minClusterSize);
    // What remains, or all of it when nothing large does, is still the same cluster.
    let heir = cluster;
    if (large.length === 1) clusterOf[large[0]] = cluster;
    if (large.length > 1) {
      const lost = small.reduce((sum, part) => sum + sizeOf(part), 0);
      const largest = large.reduce((best, part) => (sizeOf(part) > sizeOf(best) ? part : best));
      for (const part of large) {
        clusterOf[part] = clusters.begin(cluster, level, sizeOf(part) + (part === largest ? lost : 0));
      }
      heir = clusterOf[largest];
    }
    for (const part of small) clusters.lose(heir, pointsOf(part), level);
  }
  return clusters.finish();
}

/** Collects the clusters of a condensed tree and what they lose. */
class ClustersInProgress {
  readonly #parents: number[] = [NO_PARENT];
  readonly #births: number[] = [0];
  readonly #deaths: number[] = [0];
  readonly #sizes: number[];
  readonly #stabilities: number[] = [0];
  readonly #pointClusters: Uint32Array;
  readonly #pointLevels: Float64Array;

  constructor(points: number) {
    this.#sizes = [points];
    this.#pointClusters = new Uint32Array(points);
    this.#pointLevels = new Float64Array(points);
  }

  /** Points leave a cluster. */
  lose(cluster: number, points: ArrayLike<number>, level: number): void {
    for (let i = 0; i < points.length; i++) {
      this.#pointClusters[points[i]] = cluster;
      this.#pointLevels[points[i]] = level;
    }
    this.#count(cluster, points.length, level);
  }

  /** A cluster divides: one of its parts begins. */
  begin(parent: number, level: number, size: number): number {
    this.#count(parent, size, level);
    this.#births.push(level);
    this.#deaths.push(level);
    this.#sizes.push(size);
    this.#stabilities.push(0);
    return this.#parents.push(parent) - 1;
  }

  #count(cluster: number, points: number, level: number): void {
    this.#stabilities[cluster] += (level - this.#births[cluster]) * points;
    this.#deaths[cluster] = Math.max(this.#deaths[cluster], level);
  }

  finish(): CondensedTree {
    return Object.freeze({
      clusters: this.#parents.length,
      parents: Int32Array.from(this.#parents),
      births: Float64Array.from(this.#births),
      deaths: Float64Array.from(this.#deaths),
      sizes: Uint32Array.from(this.#sizes),
      stabilities: Float64Array.from(this.#stabilities),
      pointClusters: this.#pointClusters,
      pointLevels: this.#pointLevels,
    });
  }
}

/** What a merge and all merges below it at the same height put together. */
function partsOf({ leaves, left, right, heights }: Dendrogram, merge: number): readonly number[] {
  const parts: number[] = [];
  const stack = [leaves + merge];
  while (stack.length > 0) {
    const m = stack.pop()! - leaves;
    for (const part of [left[m], right[m]]) {
      const isOfThisStep = part >= leaves && heights[part - leaves] === heights[merge];
      (isOfThisStep ? stack : parts).push(part);
    }
  }
  return parts;
}

/** An order of the leaves in which those of every node are next to each other, from `starts[node]` on. */
function layOut({ leaves, left, right, heights, sizes }: Dendrogram): {
  readonly order: Uint32Array;
  readonly starts: Uint32Array;
} {
  const starts = new Uint32Array(leaves + heights.length);
  for (let m = heights.length - 1; m >= 0; m--) {
    const start = starts[leaves + m];
    const part = left[m];
    starts[part] = start;
    starts[right[m]] = start + (part < leaves ? 1 : sizes[part - leaves]);
  }
  const order = new Uint32Array(leaves);
  for (let leaf = 0; leaf < leaves; leaf++) order[starts[leaf]] = leaf;
  return { order, starts };
}
