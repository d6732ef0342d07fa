import { DataError } from '../errors.ts';
import { DisjointSets } from '../disjoint-sets.ts';
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
  const groups = new DisjointSets(leaves);
  // The number of the tree's node that each group is, by the root of the group.
  const nodeOf = Uint32Array.from({ length: leaves }, (_, leaf) => leaf);
  const [left, right] = [new Uint32Array(count), new Uint32Array(count)];
  const heights = new Float64Array(count);
  ascendingOrder(weights).forEach((edge, m) => {
    const [a, b] = [groups.rootOf(from[edge]), groups.rootOf(to[edge])];
    if (a === b) {
      throw new DataError(
        `Edge ${edge} joins points ${from[edge]} and ${to[edge]}, which are joined already.`,
      );
    }
    [left[m], right[m]] = [nodeOf[a], nodeOf[b]];
    heights[m] = weights[edge];
    groups.join(a, b);
    nodeOf[groups.rootOf(a)] = leaves + m;
  });
  return new Dendrogram({ left, right, heights });
}
