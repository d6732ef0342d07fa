import { greatestOf } from '../linear-algebra/extremes.ts';
import { NO_PARENT, type CondensedTree } from './condense.ts';

/** Levels above this count as this: they are infinite where points are equal, and shares of infinity are not numbers. */
const GREATEST_LEVEL = 1e300;
/** Added to levels that are divided by. */
const SMALL = 1e-8;

/** Where a point is in the tree: its cluster, and the level at which it leaves. */
export interface TreePlace {
  readonly cluster: number;
  readonly level: number;
}

/**
 * How much points belong to each chosen cluster, after the `hdbscan` package (McInnes, Healy & Astels, JOSS 2(11), 2017):
 * the nearness of its exemplars, times how much of the point's way through the tree is shared, times the chance that it
 * belongs to any cluster.
 */
export class SoftMemberships {
  readonly #tree: CondensedTree;
  readonly #chosen: Uint32Array;
  /** For each cluster of the tree the level at which it parts from each chosen one; -1 when one contains the other. */
  readonly #partings = new Map<number, Float64Array>();

  /** @param chosen numbers in the tree, K >= 1 */
  constructor(tree: CondensedTree, chosen: Uint32Array) {
    this.#tree = tree;
    this.#chosen = chosen;
  }

  /**
   * Of a point of the fit.
   *
   * @param distances to the nearest exemplar of each cluster, K values
   * @param out K values, which sum to at most 1
   */
  ofFitted(place: TreePlace, distances: Float64Array, out: Float64Array): void {
    const heights = this.#heights(place);
    const end = this.#endOf(place.cluster) + SMALL;
    const nearness = nearnessOf(distances);
    for (let k = 0; k < out.length; k++) out[k] = nearness[k] * Math.exp(Math.exp(-end / heights[k]) - 1);
    this.#normalize(out, heights, (greatest, last) => greatest / Math.max(last, clamped(place.level)));
  }

  /** Of a new point, by the place of its nearest neighbor; the hdbscan package weighs these in another way. */
  ofNew(place: TreePlace, distances: Float64Array, out: Float64Array): void {
    const heights = this.#heights(place);
    const end = this.#endOf(place.cluster);
    const ahead = heights.map((height) => end / (end > height ? end - height : SMALL));
    const most = greatestOf(ahead);
    const total = ahead.reduce((sum, value) => sum + Math.exp(value - most), 0);
    const nearness = nearnessOf(distances);
    for (let k = 0; k < out.length; k++) {
      out[k] = Math.sqrt(nearness[k]) * (Math.exp(ahead[k] - most) / total) ** 2;
    }
    this.#normalize(
      out,
      heights,
      (greatest, last) => greatest / (Math.max(last, clamped(place.level)) + SMALL),
    );
  }

  /** @param chance that a point is in any cluster, from the greatest of its heights and the end of that cluster */
  #normalize(
    out: Float64Array,
    heights: Float64Array,
    chance: (greatest: number, last: number) => number,
  ): void {
    const total = out.reduce((sum, value) => sum + value, 0);
    const greatest = Math.max(...heights);
    const nearest = this.#chosen.reduce(
      (first, cluster, k) => (heights[k] === greatest && cluster < first ? cluster : first),
      Infinity,
    );
    const inAny = chance(greatest, this.#endOf(nearest));
    for (let k = 0; k < out.length; k++) out[k] *= inAny / total;
  }

  #endOf(cluster: number): number {
    return clamped(this.#tree.deaths[cluster]);
  }

  /** The level up to which the point's way through the tree is that of each chosen cluster. */
  #heights({ cluster, level }: TreePlace): Float64Array {
    let partings = this.#partings.get(cluster);
    if (partings === undefined) {
      partings = Float64Array.from(this.#chosen, (other) => partingOf(this.#tree, cluster, other));
      this.#partings.set(cluster, partings);
    }
    return partings.map((parting) => (parting < 0 ? clamped(level) : parting));
  }
}

/** The level at which two clusters of the tree part; -1 when one contains the other. */
function partingOf({ parents, births }: CondensedTree, a: number, b: number): number {
  let [left, right] = [a, b];
  let [wentLeft, wentRight] = [false, false];
  let last = a;
  while (left !== right) {
    if (left > right) {
      wentLeft = true;
      last = left;
      left = parents[left];
    } else {
      wentRight = true;
      last = right;
      right = parents[right];
    }
    if (left === NO_PARENT || right === NO_PARENT) break;
  }
  return wentLeft && wentRight ? births[last] : -1;
}

/** Shares by the reciprocals of distances. */
function nearnessOf(distances: Float64Array): Float64Array {
  const shares = distances.map((distance) =>
    distance === 0 ? Number.MAX_VALUE / distances.length : 1 / distance,
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

function clamped(level: number): number {
  return Math.min(level, GREATEST_LEVEL);
}
