import type { SplitTree } from './split-tree.ts';

/** What a model knows of its splits. */
interface SplitModel {
  readonly tree: SplitTree;
  readonly labels: Uint32Array;
  readonly nodeInertias: Float64Array;
  readonly nodeWeights: Float64Array;
}

/** A node of a tree of splits. */
export interface SplitNodeJson {
  /** Number in the tree: split s made the nodes 2 s + 1 and 2 s + 2. */
  readonly node: number;
  /** The node that was divided; null for the root. */
  readonly parent: number | null;
  /** Number of training points in it. */
  readonly size: number;
  /** Their weight. */
  readonly weight: number;
  /** Their inertia about their center. */
  readonly inertia: number;
  /** Its label, if it was not divided; else null. */
  readonly label: number | null;
}

/** The nodes of a tree of splits as data of JSON. */
export function splitTreeJson({
  tree,
  labels,
  nodeInertias,
  nodeWeights,
}: SplitModel): readonly SplitNodeJson[] {
  const leaves = tree.leaves();
  const sizes = tree.sizesOf(labels);
  const labelOf = new Map(leaves.map((node, label) => [node, label]));
  return Array.from(sizes, (size, node) => ({
    node,
    parent: node === 0 ? null : tree.splits[(node - 1) >> 1],
    size,
    weight: nodeWeights[node],
    inertia: nodeInertias[node],
    label: labelOf.get(node) ?? null,
  }));
}
