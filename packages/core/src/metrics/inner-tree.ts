import type { Pausable } from '../chunks.ts';
import { POINT_DISTANCES } from './distance-metrics.ts';

/** The spanning tree of one cluster, as DBCV sees it. */
export interface InnerTree {
  /** Number of points, M. */
  readonly size: number;
  /** Their values, M x D. */
  readonly values: Float64Array;
  /** Core distance of each point from all points of the cluster, M values. */
  readonly core: Float64Array;
  /** Points with more than one edge. */
  readonly inner: Uint32Array;
  /** The longest edge between inner points; of all edges when there is none. */
  readonly sparseness: number;
}

/** Lengths count as equal within this, relative and absolute, as NumPy's `isclose` does. */
const RELATIVE = 1e-5;
const ABSOLUTE = 1e-8;

/** An edge of a tree that grows by one point at a time. */
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** @param values M x D */
export function* innerTree(values: Float64Array, columns: number): Pausable<InnerTree> {
  const size = values.length / columns;
  const core = yield* coreDistances(values, columns);
  const edges = yield* spanningEdges(values, columns, core);
  const degrees = new Uint32Array(size);
  for (const { from, to } of edges) {
    degrees[from]++;
    degrees[to]++;
  }
  const found = Uint32Array.from(degrees.keys()).filter((point) => degrees[point] > 1);
  const between = edges.filter(({ from, to }) => degrees[from] > 1 && degrees[to] > 1);
  const counted = between.length > 0 ? between : edges;
  return {
    size,
    values,
    core,
    inner: found.length > 0 ? found : Uint32Array.of(0),
    sparseness: counted.reduce((longest, { length }) => Math.max(longest, length), 0),
  };
}

/**
 * The power mean of a point's distances to all others, with minus the number of columns as its power. Distances are
 * divided by the least one first, because powers of many columns are beyond float64.
 */
function* coreDistances(values: Float64Array, columns: number): Pausable<Float64Array> {
  const size = values.length / columns;
  const core = new Float64Array(size);
  const distances = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let least = Infinity;
    for (let j = 0; j < size; j++) {
      distances[j] = POINT_DISTANCES.euclidean(values, i * columns, values, j * columns, columns);
      if (distances[j] > 0) least = Math.min(least, distances[j]);
    }
    let sum = 0;
    for (const distance of distances) if (distance > 0) sum += (least / distance) ** columns;
    core[i] = sum === 0 ? 0 : least * (sum / (size - 1)) ** (-1 / columns);
    yield;
  }
  return core;
}

/**
 * Prim's algorithm from point 0. A new point may be as near to several points of the tree, since core distances are the
 * lengths of several edges; its edge then leads to the lowest of them, as in the `hdbscan` package.
 */
function* spanningEdges(
  values: Float64Array,
  columns: number,
  core: Float64Array,
): Pausable<readonly Edge[]> {
  const size = core.length;
  const reach = (i: number, j: number): number =>
    Math.max(core[i], core[j], POINT_DISTANCES.euclidean(values, i * columns, values, j * columns, columns));
  const lengths = new Float64Array(size).fill(Infinity);
  const isInside = new Uint8Array(size);
  const edges: Edge[] = [];
  let newest = 0;
  while (edges.length < size - 1) {
    isInside[newest] = 1;
    let next = -1;
    for (let i = 0; i < size; i++) {
      if (isInside[i] === 1) continue;
      lengths[i] = Math.min(lengths[i], reach(newest, i));
      if (next < 0 || lengths[i] < lengths[next]) next = i;
    }
    const length = lengths[next];
    const from = isInside.findIndex(
      (inside, i) => inside === 1 && Math.abs(reach(i, next) - length) <= ABSOLUTE + RELATIVE * length,
    );
    edges.push({ from, to: next, length });
    newest = next;
    yield;
  }
  return edges;
}
