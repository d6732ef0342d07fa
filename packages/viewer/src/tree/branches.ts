import { NO_CLUSTER } from '@shoal/core';
import type { ViewTree } from '../data/view-tree.ts';

/** The shape of a tree, as views need it: made once for each tree. */
export interface Branches {
  /** The nodes that each node is divided into, M lists. */
  readonly children: readonly (readonly number[])[];
  /** Place of each node in the order from the root, each node before its children, M. */
  readonly first: Uint32Array;
  /** One more than the place of the last node below it, M. */
  readonly end: Uint32Array;
}

const known = new WeakMap<Uint32Array, Branches>();

/** The shape of a tree. */
export function branchesOf({ parents }: Pick<ViewTree, 'parents'>): Branches {
  const found = known.get(parents) ?? makeBranches(parents);
  known.set(parents, found);
  return found;
}

function makeBranches(parents: Uint32Array): Branches {
  const children: number[][] = Array.from(parents, () => []);
  for (let node = 1; node < parents.length; node++) children[parents[node]].push(node);
  const first = new Uint32Array(parents.length);
  const end = new Uint32Array(parents.length);
  let place = 0;
  // A chain may be too deep for recursion.
  const stack = [0];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    first[node] = place++;
    stack.push(...children[node].toReversed());
  }
  for (let node = parents.length - 1; node >= 0; node--) {
    end[node] = Math.max(first[node] + 1, ...children[node].map((child) => end[child]));
  }
  return { children, first, end };
}

/** The shown points of a branch, ascending. */
export function pointsOfBranch(tree: ViewTree, branch: number): Uint32Array {
  const { first, end } = branchesOf(tree);
  const isIn = Uint8Array.from(first, (place) => (place >= first[branch] && place < end[branch] ? 1 : 0));
  const points: number[] = [];
  tree.nodes.forEach((node, point) => {
    if (isIn[node] === 1) points.push(point);
  });
  return Uint32Array.from(points);
}

/** Number of the given points in each branch, M. */
export function countInBranches(tree: ViewTree, points: Uint32Array): Uint32Array {
  const counts = new Uint32Array(tree.parents.length);
  for (const point of points) counts[tree.nodes[point]]++;
  for (let node = counts.length - 1; node > 0; node--) counts[tree.parents[node]] += counts[node];
  return counts;
}

/** The cluster that each node is, or is a part of, M; `NO_CLUSTER` above clusters. */
export function clusterAbove({ parents }: Pick<ViewTree, 'parents'>, nodeClusters: Uint32Array): Uint32Array {
  const above = nodeClusters.slice();
  for (let node = 1; node < above.length; node++) {
    if (above[node] === NO_CLUSTER) above[node] = above[parents[node]];
  }
  return above;
}
