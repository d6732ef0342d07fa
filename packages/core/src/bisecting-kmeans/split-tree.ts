import { requireCut } from '../tree/require-cut.ts';

/**
 * Splits of clusters in two. Node 0 has all points; split s makes the nodes 2 s + 1, its left, and 2 s + 2, its right.
 * Leaves are clusters, numbered from left to right.
 */
export class SplitTree {
  /** The node that each split divides, K - 1 values. */
  readonly splits: readonly number[];

  constructor(splits: readonly number[]) {
    this.splits = splits;
  }

  /** Number of nodes, 2 K - 1. */
  get nodes(): number {
    return 2 * this.splits.length + 1;
  }

  /** The nodes that a node was split into; undefined for a leaf. */
  childrenOf(node: number): readonly [left: number, right: number] | undefined {
    const split = this.splits.indexOf(node);
    return split < 0 ? undefined : [2 * split + 1, 2 * split + 2];
  }

  /** The leaves from left to right: cluster k is the k-th. */
  leaves(): readonly number[] {
    const found: number[] = [];
    const waiting = [0];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      const children = this.childrenOf(node);
      if (children) waiting.push(children[1], children[0]);
      else found.push(node);
    }
    return found;
  }

  /**
   * Number of points in each node.
   *
   * @param leafOf the leaf of each point, from the left
   * @returns 2 K - 1 values
   */
  sizesOf(leafOf: Uint32Array): Uint32Array {
    const sizes = new Uint32Array(this.nodes);
    const leaves = this.leaves();
    for (const leaf of leafOf) sizes[leaves[leaf]]++;
    for (let node = sizes.length - 1; node > 0; node--) sizes[this.splits[(node - 1) >> 1]] += sizes[node];
    return sizes;
  }

  /**
   * The node that each node is part of when only the first splits were made: itself, or the one above it that was not
   * divided yet. Nodes that these splits divided are themselves.
   *
   * @param clusters how many nodes are left to be divided, from 1 to K
   * @returns 2 K - 1 values
   * @throws {InvalidArgumentError} when it is not
   */
  topsOf(clusters: number): Uint32Array {
    requireCut(clusters, this.splits.length + 1);
    const tops = Uint32Array.from({ length: this.nodes }, (_, node) => node);
    for (let node = 2 * clusters - 1; node < tops.length; node++) {
      tops[node] = tops[this.splits[(node - 1) >> 1]];
    }
    return tops;
  }

  /**
   * Fewer clusters: the last splits are undone.
   *
   * @param clusters from 1 to K
   * @returns the new cluster of each cluster, from left to right, K values
   * @throws {InvalidArgumentError} when it is not
   */
  cutInto(clusters: number): Uint32Array {
    const tops = this.topsOf(clusters);
    const groups = new Map<number, number>();
    return Uint32Array.from(this.leaves(), (leaf) => {
      const group = groups.get(tops[leaf]) ?? groups.size;
      groups.set(tops[leaf], group);
      return group;
    });
  }
}

/** Whether each split divides a node that exists and was not divided before. */
export function isSplitTree(splits: readonly number[]): boolean {
  return (
    new Set(splits).size === splits.length &&
    splits.every((node, split) => Number.isInteger(node) && node >= 0 && node <= 2 * split)
  );
}
