import { NO_NODE, type ViewTree } from './view-tree.ts';
import type { ViewTensors } from './view-tensors.ts';

/**
 * The tree of a view's file, checked.
 *
 * @param count number of shown points
 * @throws {FormatError} when it is not a tree, or does not fit the points
 */
export function decodeTree(tensors: ViewTensors, kind: ViewTree['kind'], count: number): ViewTree {
  const [size] = tensors.shape('tree_parents', 1);
  const parents = readParents(tensors, size, kind !== 'condensed-tree');
  const nodes = tensors.uint32('tree_nodes', [count]);
  const lost = nodes.find((node) => node >= size);
  if (lost !== undefined) tensors.refuse('tree_nodes', `has node ${lost}, but the tree has ${size}`);
  const shared = {
    parents,
    nodes,
    sizes: tensors.uint32('tree_sizes', [size]),
    clusters: tensors.uint32('tree_clusters', [size]),
  };
  const numbers = (name: string, length: number, most: number): Float32Array => {
    const values = tensors.float32(name, [length]);
    const wrong = values.find((value) => !(value >= 0 && value <= most));
    if (wrong !== undefined) tensors.refuse(name, `has ${wrong}, which no node of a tree can have`);
    return values;
  };
  if (kind !== 'condensed-tree') {
    return { kind, ...shared, heights: numbers('tree_heights', size, Number.MAX_VALUE) };
  }
  const births = numbers('tree_births', size, Infinity);
  return {
    kind,
    ...shared,
    births,
    deaths: numbers('tree_deaths', size, Infinity),
    levels: numbers('tree_levels', count, Infinity),
  };
}

/** @param inPairs whether each node that is divided has two parts, which come together */
function readParents(tensors: ViewTensors, size: number, inPairs: boolean): Uint32Array {
  const parents = tensors.uint32('tree_parents', [size]);
  const isDivided = new Uint8Array(size);
  const wrong = parents.findIndex((parent, node) => {
    if (node === 0) return parent !== NO_NODE;
    if (parent >= node) return true;
    if (!inPairs) return false;
    if (node % 2 === 0) return parent !== parents[node - 1];
    return isDivided[parent]++ > 0;
  });
  if (wrong >= 0) tensors.refuse('tree_parents', `is not a tree: node ${wrong} is in node ${parents[wrong]}`);
  if (size === 0 || (inPairs && size % 2 === 0))
    tensors.refuse('tree_parents', `is not a tree of ${size} nodes`);
  return parents;
}
