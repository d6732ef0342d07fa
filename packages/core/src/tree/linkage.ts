import { DataError } from '../errors.ts';
import { ascendingOrder } from './ascending-order.ts';
import { Dendrogram } from './dendrogram.ts';

/** The edges of a spanning tree of N points, N - 1 values each. */
export interface TreeEdges {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Finite, >= 0. */
  readonly weights: Float64Array;
}

/**
 * Single linkage: the edges of a minimum spanning tree, from the shortest to the longest, merge the groups at their two
 * ends. Takes time and memory that are linear in N.
 *
 * @throws {DataError} when the edges have a cycle
 */
export function linkage({ from, to, weights }: TreeEdges): Dendrogram {
  const count = weights.length;
  const leaves = count + 1;
  const groups = new MergedGroups(leaves);
  const [left, right] = [new Uint32Array(count), new Uint32Array(count)];
  const heights = new Float64Array(count);
  ascendingOrder(weights).forEach((edge, m) => {
    const [a, b] = [groups.rootOf(from[edge]), groups.rootOf(to[edge])];
    if (a === b) {
      throw new DataError(
        `Edge ${edge} joins points ${from[edge]} and ${to[edge]}, which are joined already.`,
      );
    }
    [left[m], right[m]] = [groups.nodeOf[a], groups.nodeOf[b]];
    heights[m] = weights[edge];
    groups.join(a, b, leaves + m);
  });
  return new Dendrogram({ left, right, heights });
}

/** Points in groups that are joined, as a forest: the larger group's root stays. */
export class MergedGroups {
  /** The number of the tree's node that a group is, by the group's root. */
  readonly nodeOf: Uint32Array;
  readonly #parent: Uint32Array;
  readonly #size: Uint32Array;

  constructor(points: number) {
    this.nodeOf = Uint32Array.from({ length: points }, (_, i) => i);
    this.#parent = this.nodeOf.slice();
    this.#size = new Uint32Array(points).fill(1);
  }

  /** The root of a point's group; the path to it is halved. */
  rootOf(point: number): number {
    const parent = this.#parent;
    let at = point;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  /** Joins the groups of two roots; `node` is the number of what they become. */
  join(a: number, b: number, node: number): void {
    const [root, other] = this.#size[a] < this.#size[b] ? [b, a] : [a, b];
    this.#parent[other] = root;
    this.#size[root] += this.#size[other];
    this.nodeOf[root] = node;
  }
}
