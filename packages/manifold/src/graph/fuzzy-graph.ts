/** A weighted graph by the vertex that edges start from (compressed sparse rows). */
export interface WeightedGraph {
  /** N + 1 ascending values: the edges of vertex i are `offsets[i] <= e < offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  /** Vertices that edges lead to, ascending for each vertex. */
  readonly targets: Uint32Array;
  /** Weights in (0, 1]. */
  readonly weights: Float32Array;
}

/**
 * The fuzzy union of all neighborhoods: an edge from i to j, and one from j to i, when either is a neighbor of the
 * other, with weight p + q - p q for memberships p of j with i and q of i with j (arXiv 1802.03426, section 3.1).
 *
 * @param indices neighbors of each point, N x k
 * @param memberships how much each belongs to the neighborhood of its point, N x k
 */
export function fuzzyUnion(
  indices: Uint32Array,
  memberships: Float32Array,
  neighbors: number,
): WeightedGraph {
  const vertices = indices.length / neighbors;
  const there = sortRows(indices, memberships, neighbors);
  const back = transpose(there, vertices);
  const offsets = new Uint32Array(vertices + 1);
  const targets = new Uint32Array(2 * indices.length);
  const weights = new Float32Array(2 * indices.length);
  let size = 0;
  for (let i = 0; i < vertices; i++) {
    let p = there.offsets[i];
    let q = back.offsets[i];
    const pEnd = there.offsets[i + 1];
    const qEnd = back.offsets[i + 1];
    while (p < pEnd || q < qEnd) {
      const a = p < pEnd ? there.targets[p] : Infinity;
      const b = q < qEnd ? back.targets[q] : Infinity;
      const forth = a <= b ? there.weights[p++] : 0;
      const home = b <= a ? back.weights[q++] : 0;
      targets[size] = Math.min(a, b);
      weights[size++] = forth + home - forth * home;
    }
    offsets[i + 1] = size;
  }
  return { offsets, targets: targets.slice(0, size), weights: weights.slice(0, size) };
}

/** Sorts each row's edges by the vertex they lead to. */
function sortRows(indices: Uint32Array, memberships: Float32Array, neighbors: number): WeightedGraph {
  const vertices = indices.length / neighbors;
  const unsorted: WeightedGraph = {
    offsets: Uint32Array.from({ length: vertices + 1 }, (_, i) => i * neighbors),
    targets: indices,
    weights: memberships,
  };
  // Transposing a graph twice sorts it: edges are visited in the order of their start.
  return transpose(transpose(unsorted, vertices), vertices);
}

/** The graph with all edges reversed; the edges of each vertex are sorted by the vertex they lead to. */
function transpose({ offsets, targets, weights }: WeightedGraph, vertices: number): WeightedGraph {
  const turned = new Uint32Array(vertices + 1);
  for (const target of targets) turned[target + 1]++;
  for (let i = 0; i < vertices; i++) turned[i + 1] += turned[i];
  const next = turned.slice(0, vertices);
  const turnedTargets = new Uint32Array(targets.length);
  const turnedWeights = new Float32Array(targets.length);
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) {
      const at = next[targets[edge]]++;
      turnedTargets[at] = i;
      turnedWeights[at] = weights[edge];
    }
  }
  return { offsets: turned, targets: turnedTargets, weights: turnedWeights };
}
