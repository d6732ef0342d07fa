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
}

/** Whether each split divides a node that exists and was not divided before. */
export function isSplitTree(splits: readonly number[]): boolean {
  return (
    new Set(splits).size === splits.length &&
    splits.every((node, split) => Number.isInteger(node) && node >= 0 && node <= 2 * split)
  );
}
