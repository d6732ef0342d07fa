import type { Engine } from '../engine/engine.ts';
import { inTurns, type Pausable } from '../chunks.ts';
import type { Matrix, Points } from '../matrix.ts';
import type { ProgressListener } from '../progress.ts';
import { requireWholeNumber } from '../validation.ts';
import { distanceIn, toCompared, type DensityMetric } from './metric.ts';
import { squaredDistance } from './squared-distance.ts';

/** Settings of `spanningTree`. */
export interface SpanningTreeOptions {
  /**
   * The core distance of a point is the distance to its `minSamples`-th nearest other point, as the `hdbscan` package counts;
   * scikit-learn counts the point itself, too, so its number is larger by 1. A whole number >= 0, which stands for N - 1 where
   * it is greater. With 0 all core distances are 0, and the tree is that of the distances.
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
 * The minimum spanning tree of the points by mutual reachability (Campello, Moulavi & Sander, "Density-based clustering based on
 * hierarchical density estimates", PAKDD 2013). Many edges are equally long, because a core distance is the length of several. Then the
 * edge whose lower row is lower counts as the shorter one, and of edges with the same lower row the one whose other row is
 * lower. This makes the tree unique, and the same for any way to compute it.
 *
 * @param points N x D; N = 1 gives a tree without edges
 * @throws {InvalidArgumentError} for an invalid setting
 * @throws {DataError} when a value is NaN or infinite, or the metric is cosine and a row is all zeros
 * @throws the signal's reason when it is aborted
 */
export async function spanningTree(
  engine: Engine,
  points: Points,
  { minSamples, metric = 'euclidean', signal, onProgress }: SpanningTreeOptions,
): Promise<SpanningTree> {
  requireWholeNumber('minSamples', minSamples, 0);
  const compared = await toCompared(points, metric, engine, signal);
  const core = await inTurns(coreSquares(compared, Math.min(minSamples, compared.rows - 1)), signal);
  const grown = await inTurns(growTree(compared, core, onProgress), signal);
  const inOrder = sortEdges(grown);
  const toDistance = (square: number): number => distanceIn(metric, Math.sqrt(square));
  return {
    from: inOrder.from,
    to: inOrder.to,
    weights: inOrder.weights.map(toDistance),
    coreDistances: core.map(toDistance),
  };
}

interface Edges {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly weights: Float64Array;
}

function* coreSquares(points: Matrix, minSamples: number): Pausable<Float64Array> {
  const { rows } = points;
  const core = new Float64Array(rows);
  if (minSamples === 0) return core;
  const squares = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < rows; k++) squares[k] = squaredDistance(points, i, k);
    // The point itself is first, at distance 0.
    core[i] = squares.sort()[minSamples];
    yield;
  }
  return core;
}

/** Prim's algorithm: each step adds the nearest point outside the tree. */
function* growTree(
  points: Matrix,
  core: Float64Array,
  onProgress: ProgressListener | undefined,
): Pausable<Edges> {
  const { rows } = points;
  const tree = {
    from: new Uint32Array(rows - 1),
    to: new Uint32Array(rows - 1),
    weights: new Float64Array(rows - 1),
  };
  const isInside = new Uint8Array(rows);
  const nearest = new Uint32Array(rows);
  const weights = new Float64Array(rows).fill(Infinity);
  let newest = 0;
  for (let edge = 0; edge < rows - 1; edge++) {
    isInside[newest] = 1;
    let next = -1;
    for (let i = 0; i < rows; i++) {
      if (isInside[i] !== 0) continue;
      const weight = Math.max(core[i], core[newest], squaredDistance(points, i, newest));
      if (isShorter(weight, i, newest, weights[i], i, nearest[i])) {
        weights[i] = weight;
        nearest[i] = newest;
      }
      if (next < 0 || isShorter(weights[i], i, nearest[i], weights[next], next, nearest[next])) next = i;
    }
    tree.from[edge] = Math.min(next, nearest[next]);
    tree.to[edge] = Math.max(next, nearest[next]);
    tree.weights[edge] = weights[next];
    newest = next;
    onProgress?.({ phase: 'spanning tree', completed: edge + 1, total: rows - 1 });
    yield;
  }
  return tree;
}

/** The order of edges: by weight, then by the lower row, then by the other row. */
function isShorter(weight: number, a: number, b: number, than: number, c: number, d: number): boolean {
  if (weight !== than) return weight < than;
  const lower = Math.min(a, b) - Math.min(c, d);
  return lower === 0 ? Math.max(a, b) < Math.max(c, d) : lower < 0;
}

function sortEdges({ from, to, weights }: Edges): Edges {
  const order = Uint32Array.from(from.keys()).sort(
    (a, b) => weights[a] - weights[b] || from[a] - from[b] || to[a] - to[b],
  );
  return {
    from: order.map((at) => from[at]),
    to: order.map((at) => to[at]),
    weights: Float64Array.from(order, (at) => weights[at]),
  };
}
