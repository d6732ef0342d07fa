import { DataError, ShapeError } from '../errors.ts';
import { requireNonNegative, requireWholeNumber } from '../validation.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import type { Merges } from './merges.ts';
import { newickOf, type NewickOptions } from './newick.ts';
import { requireCut } from './require-cut.ts';

/** A dendrogram as data of JSON. */
export interface DendrogramJson {
  readonly leaves: number;
  /** Left part, right part, height and number of leaves of each merge, as the rows of SciPy's linkage. */
  readonly merges: readonly (readonly [left: number, right: number, height: number, leaves: number])[];
}

/** Groups of leaves. */
export interface TreeCut {
  /** Number of groups, G. */
  readonly clusters: number;
  /**
   * Group of each leaf, N values from 0 to G - 1 in the order in which groups first appear, or `NO_CLUSTER` for leaves of
   * groups that are too small.
   */
  readonly labels: Uint32Array;
}

/**
 * All steps in which single leaves become one group: the result of single linkage, HDBSCAN and agglomerative clustering.
 * One dendrogram has every number of groups, from N to 1, without computing a distance again.
 */
export class Dendrogram implements Merges {
  /** Number of leaves, N. */
  readonly leaves: number;
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  readonly heights: Float64Array;
  /** Number of leaves in what each merge made, N - 1 values. */
  readonly sizes: Uint32Array;

  /**
   * @throws {ShapeError} when the arrays differ in length
   * @throws {DataError} when they are not the merges of a tree, or heights descend
   */
  constructor({ left, right, heights }: Merges) {
    this.leaves = heights.length + 1;
    this.left = left;
    this.right = right;
    this.heights = heights;
    this.sizes = sizesOf({ left, right, heights });
    Object.freeze(this);
  }

  /**
   * Exactly this number of groups: the last merges are undone. Of merges at one height the later ones are undone first.
   *
   * @param clusters a whole number from 1 to N
   * @throws {InvalidArgumentError} when it is not
   */
  cutInto(clusters: number): TreeCut {
    requireCut(clusters, this.leaves);
    return this.#groupsOf(this.leaves - clusters, 1);
  }

  /**
   * The groups that merges up to a height made. Of a tree of mutual reachability these are the clusters of DBSCAN* with
   * this radius.
   *
   * @param height >= 0, in the units of `heights`
   * @param minSize leaves of smaller groups get `NO_CLUSTER`; default 1
   * @throws {InvalidArgumentError} when a number is out of range
   */
  cutAt(height: number, minSize = 1): TreeCut {
    requireNonNegative('The height of a cut', height);
    requireWholeNumber('The least size of a cluster', minSize, 1);
    return this.#groupsOf(countUpTo(this.heights, height), minSize);
  }

  /** All merges as data of JSON. */
  toJson(): DendrogramJson {
    const { leaves, left, right, heights, sizes } = this;
    const merges = Array.from(heights, (height, m) => [left[m], right[m], height, sizes[m]] as const);
    return { leaves, merges };
  }

  /** In the Newick format, which programs for trees read: see `NewickOptions`. */
  toNewick(options: NewickOptions = {}): string {
    return newickOf(this, options);
  }

  /** The groups that the first `kept` merges made. */
  #groupsOf(kept: number, minSize: number): TreeCut {
    const { leaves, left, right, sizes } = this;
    const nodes = leaves + this.heights.length;
    // The top of the group of each node.
    const top = Uint32Array.from({ length: nodes }, (_, node) => node);
    for (let m = kept - 1; m >= 0; m--) {
      top[left[m]] = top[leaves + m];
      top[right[m]] = top[leaves + m];
    }
    const labelOf = new Map<number, number>();
    const labels = new Uint32Array(leaves);
    for (let leaf = 0; leaf < leaves; leaf++) {
      const group = top[leaf];
      const size = group < leaves ? 1 : sizes[group - leaves];
      if (size < minSize) {
        labels[leaf] = NO_CLUSTER;
        continue;
      }
      const label = labelOf.get(group) ?? labelOf.size;
      labelOf.set(group, label);
      labels[leaf] = label;
    }
    return { clusters: labelOf.size, labels };
  }
}

/** How many of the ascending values are at most `limit`. */
function countUpTo(ascending: Float64Array, limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Number of leaves in what each merge made.
 *
 * @throws {ShapeError} when the arrays differ in length
 * @throws {DataError} when they are not the merges of a tree, or heights descend
 */
function sizesOf({ left, right, heights }: Merges): Uint32Array {
  const count = heights.length;
  if (left.length !== count || right.length !== count) {
    throw new ShapeError(
      `A tree needs as many left as right parts and heights; got ${left.length}, ${right.length} and ${count}.`,
    );
  }
  const leaves = count + 1;
  const used = new Uint8Array(leaves + count);
  const sizes = new Uint32Array(count);
  for (let m = 0; m < count; m++) {
    const least = m === 0 ? 0 : heights[m - 1];
    if (!(heights[m] >= least && heights[m] < Infinity)) {
      throw new DataError(
        `The heights of a tree must be finite and ascend from 0; height ${m} is ${heights[m]} after ${least}.`,
      );
    }
    for (const part of [left[m], right[m]]) {
      if (part >= leaves + m || used[part] === 1) {
        throw new DataError(`Merge ${m} of the tree takes part ${part}, which is not there to be merged.`);
      }
      used[part] = 1;
      sizes[m] += part < leaves ? 1 : sizes[part - leaves];
    }
  }
  return sizes;
}
