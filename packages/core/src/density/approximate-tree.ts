import { forEachChunk } from '../chunks.ts';
import type { Engine } from '../engine/engine.ts';
import type { Points } from '../matrix.ts';
import { gatherRows, matrix, type Matrix } from '../matrix.ts';
import { nnDescent } from '../neighbors/nn-descent.ts';
import { centerPoints, movePoints } from '../origin/move-points.ts';
import { Random } from '../random.ts';
import { requireNoOverflow } from '../validation.ts';
import { ListedEdges } from './listed-edges.ts';
import { distanceIn, toCompared } from './metric.ts';
import { growTree, type SpanningTree, type SpanningTreeOptions } from './spanning-tree.ts';

/** Neighbors of each point at least, and more of them than core distances need. */
const LEAST_NEIGHBORS = 30;
const SPARE_NEIGHBORS = 15;
/** Number of points whose neighbors are compared with exact ones. */
const RECALL_POINTS = 200;
/** Number of points between two turns of the event loop. */
const POINTS_PER_CHUNK = 1024;

/** Settings of `approximateTree`. */
export interface ApproximateTreeOptions extends SpanningTreeOptions {
  /** Of the search for neighbors, and of the points whose neighbors are checked. */
  readonly seed: number;
  readonly metric: NonNullable<SpanningTreeOptions['metric']>;
}

/** A spanning tree that need not be the least one. */
export interface ApproximateTree extends SpanningTree {
  /** Share of the nearest neighbors that were found, of a sample of points; 0 to 1. */
  readonly recall: number;
}

/**
 * A spanning tree by mutual reachability with most of the shortest edges: those between points and the neighbors that NN-descent
 * finds. Groups that these leave apart are joined by the shortest distances between them, which are exact.
 *
 * @param points N x D; N = 1 gives a tree without edges
 * @throws like `spanningTree`
 */
export async function approximateTree(
  engine: Engine,
  points: Points,
  { minSamples, metric, seed, signal, onProgress }: ApproximateTreeOptions,
): Promise<ApproximateTree> {
  const compared = await toCompared(points, metric, engine, signal);
  const most = compared.rows - 1;
  const neighbors = Math.min(Math.max(minSamples + SPARE_NEIGHBORS, LEAST_NEIGHBORS), most);
  const random = new Random(seed);
  const { indices } = await nnDescent(compared, { neighbors, random, signal, onProgress });
  const squares = await squaresTo(compared, indices, neighbors, signal);
  const core = coreSquares(squares, neighbors, Math.min(minSamples, most));
  const recall = neighbors === most ? 1 : await measureRecall(engine, compared, squares, { random, signal });
  const edges = new ListedEdges(compared, { rows: indices, squares, core }, engine, signal);
  try {
    const { from, to, weights } = await growTree(edges, onProgress);
    const toDistance = (square: number): number => distanceIn(metric, Math.sqrt(square));
    return { from, to, weights: weights.map(toDistance), coreDistances: core.map(toDistance), recall };
  } finally {
    edges.destroy();
  }
}

/** In float64, and the same in both directions: NN-descent itself rounds to float32. */
async function squaresTo(
  { data, rows, columns, scale }: Matrix,
  indices: Uint32Array,
  neighbors: number,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const squares = new Float64Array(indices.length);
  await forEachChunk(rows, POINTS_PER_CHUNK, signal, (first, end) => {
    for (let at = first * neighbors; at < end * neighbors; at++) {
      const p = Math.floor(at / neighbors) * columns;
      const q = indices[at] * columns;
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        const difference = data[p + j] * scale - data[q + j] * scale;
        sum += difference * difference;
      }
      squares[at] = requireNoOverflow('The square of a distance', sum);
    }
  });
  return squares;
}

function coreSquares(squares: Float64Array, neighbors: number, minSamples: number): Float64Array {
  const core = new Float64Array(neighbors === 0 ? 1 : squares.length / neighbors);
  if (minSamples === 0) return core;
  return core.map((_, i) => squares.slice(i * neighbors, (i + 1) * neighbors).sort()[minSamples - 1]);
}

/** Share of the exact nearest neighbors of a sample of points that are listed, or others that are as near. */
async function measureRecall(
  engine: Engine,
  points: Matrix,
  squares: Float64Array,
  { random, signal }: { readonly random: Random; readonly signal: AbortSignal | undefined },
): Promise<number> {
  const neighbors = squares.length / points.rows;
  const sample = random.distinct(Math.min(RECALL_POINTS, points.rows), points.rows);
  const { points: centered, origin } = await centerPoints(points, engine, { signal });
  // Each point finds itself, too.
  const search = await engine.createNeighborSearch(centered, { neighbors: neighbors + 1, signal });
  try {
    const rows = matrix(gatherRows(points, sample), sample.length, points.columns);
    const { distances } = await search.nearestTo(await movePoints(rows, origin, engine, signal));
    let found = 0;
    sample.forEach((point, i) => {
      // The engine rounds distances to float32.
      const reach = distances[(i + 1) * (neighbors + 1) - 1] * (1 + 1e-5);
      const listed = squares.subarray(point * neighbors, (point + 1) * neighbors);
      for (const square of listed) if (Math.sqrt(square) <= reach) found++;
    });
    return found / (sample.length * neighbors);
  } finally {
    search.destroy();
  }
}
