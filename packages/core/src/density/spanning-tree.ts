import { DisjointSets } from '../disjoint-sets.ts';
import type { Engine } from '../engine/engine.ts';
import type { SpanningSession } from '../engine/spanning/session.ts';
import type { Points } from '../matrix.ts';
import type { ProgressListener } from '../progress.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import { ascendingOrder } from '../tree/ascending-order.ts';
import { requireNoOverflow, requireWholeNumber } from '../validation.ts';
import { distanceIn, toCompared, type DensityMetric } from './metric.ts';

/** Settings of `spanningTree`. */
export interface SpanningTreeOptions {
  /**
   * The core distance of a point is the distance to its `minSamples`-th nearest other point, as the `hdbscan` package
   * counts; scikit-learn counts the point itself, too, so its number is larger by 1. A whole number >= 0, which stands for
   * N - 1 where it is greater. With 0 all core distances are 0, and the tree is that of the distances.
   */
  readonly minSamples: number;
  /** Default `euclidean`. */
  readonly metric?: DensityMetric | undefined;
  /** Stops the work: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/**
 * The minimum spanning tree of N points by mutual reachability: the greatest of two points' core distances and their
 * distance. It has N - 1 edges, the shortest first.
 */
export interface SpanningTree {
  /** Rows at the ends of each edge; `from` is the lower one. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Mutual reachability of both ends, in the metric, ascending. */
  readonly weights: Float64Array;
  /** Core distance of each point, N values in the metric. */
  readonly coreDistances: Float64Array;
}

/**
 * The minimum spanning tree of the points by mutual reachability (Campello, Moulavi & Sander, "Density-based clustering
 * based on hierarchical density estimates", PAKDD 2013), by Boruvka's algorithm: the shortest edge of each component joins it
 * to another one, until there is one component. Needs memory for N points and some neighbors of each.
 *
 * Many edges are equally long, because a core distance is the length of several. Of these the edge between nearer points
 * counts as the shorter one, then that of the lower row, then that of the lower other row. This makes the tree unique: it is the
 * same for any way to compute it. Engines that compute in float64 (reference and wasm) give the same bits.
 *
 * @param points N x D; N = 1 gives a tree without edges
 * @throws {InvalidArgumentError} for an invalid setting
 * @throws {DataError} when a value is NaN or infinite, the metric is cosine and a row is all zeros, or distances overflow
 * @throws the signal's reason when it is aborted
 */
export async function spanningTree(
  engine: Engine,
  points: Points,
  { minSamples, metric = 'euclidean', signal, onProgress }: SpanningTreeOptions,
): Promise<SpanningTree> {
  requireWholeNumber('minSamples', minSamples, 0);
  const compared = await toCompared(points, metric, engine, signal);
  const { rows } = compared;
  const session = await engine.createSpanning(compared, {
    minSamples: Math.min(minSamples, rows - 1),
    signal,
  });
  try {
    const core = await session.coreSquares((completed) => {
      onProgress?.({ phase: 'core distances', completed, total: rows });
    });
    for (const square of core) requireNoOverflow('The square of a core distance', square);
    const { from, to, weights } = await growTree(session, onProgress);
    const toDistance = (square: number): number => distanceIn(metric, Math.sqrt(square));
    return { from, to, weights: weights.map(toDistance), coreDistances: core.map(toDistance) };
  } finally {
    session.destroy();
  }
}

/** What finds the shortest edge from each component to another one. */
export type EdgeSearch = Pick<SpanningSession, 'rows' | 'leastEdges'>;

/** Edges of a tree; weights and squared distances are squares. */
interface Edges {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly weights: Float64Array;
  readonly squares: Float64Array;
}

/** The tree of the shortest edges, shortest first; weights are squares. */
export async function growTree(search: EdgeSearch, onProgress: ProgressListener | undefined): Promise<Edges> {
  const count = search.rows - 1;
  const edges = {
    from: new Uint32Array(count),
    to: new Uint32Array(count),
    weights: new Float64Array(count),
    squares: new Float64Array(count),
  };
  const components = new DisjointSets(search.rows);
  let found = 0;
  while (components.count > 1) {
    const labels = components.labels();
    const spared = majorityOf(labels, components.count);
    const least = await search.leastEdges(labels, components.count, spared);
    for (let c = 0; c < least.from.length; c++) {
      if (c === spared) continue;
      // Two components may have the same shortest edge: the second time it joins nothing.
      if (!components.join(least.from[c], least.to[c])) continue;
      edges.from[found] = Math.min(least.from[c], least.to[c]);
      edges.to[found] = Math.max(least.from[c], least.to[c]);
      edges.weights[found] = requireNoOverflow('The square of a distance', least.weights[c]);
      edges.squares[found] = least.squares[c];
      found++;
    }
    onProgress?.({ phase: 'spanning tree', completed: found, total: count });
  }
  return sortEdges(edges);
}

/**
 * The component of more than half of the rows, or `NO_CLUSTER`. The edges of the others join all there is, while the search from
 * its rows would take most of the time.
 */
function majorityOf(labels: Uint32Array, count: number): number {
  const sizes = new Uint32Array(count);
  for (const label of labels) sizes[label]++;
  const component = sizes.findIndex((size) => 2 * size > labels.length);
  return component < 0 ? NO_CLUSTER : component;
}

function sortEdges({ from, to, weights, squares }: Edges): Edges {
  const order = ascendingOrder(weights);
  for (let start = 0, end = 1; start < order.length; start = end++) {
    while (end < order.length && weights[order[end]] === weights[order[start]]) end++;
    if (end - start === 1) continue;
    order.subarray(start, end).sort((a, b) => squares[a] - squares[b] || from[a] - from[b] || to[a] - to[b]);
  }
  return {
    from: order.map((at) => from[at]),
    to: order.map((at) => to[at]),
    weights: Float64Array.from(order, (at) => weights[at]),
    squares: Float64Array.from(order, (at) => squares[at]),
  };
}
