import { type Matrix } from '@shoal/core';
import { chunkRows, forEachChunk } from '@shoal/core/engine-kit';
import type { WeightedGraph } from '../graph/fuzzy-graph.ts';

/** A neighbor graph with its points grouped into pieces, and the distances of the pieces. */
export interface CoarseGraph {
  readonly pieces: number;
  /** Share of all points that is in each piece; sums to 1. */
  readonly sizes: Float64Array;
  /** Share of all edges' weight between two pieces, or inside one, pieces x pieces, symmetric; sums to 1. */
  readonly links: Float64Array;
  /**
   * Inner products of the pieces' moments, pieces x pieces: a moment is the sum of a piece's points, from the mean of
   * all, over N times the root of their mean squared distance from it. So the squared length of a cluster's moment,
   * divided by the cluster's size, is the share of all inertia that its centroid explains.
   */
  readonly products: Float64Array;
}

export interface CoarsenOptions {
  /** Piece of each point, N values below `pieces`. */
  readonly pieceOf: Uint32Array;
  readonly pieces: number;
  readonly signal?: AbortSignal | undefined;
}

/** @param points N x D, finite */
export async function coarsen(
  graph: WeightedGraph,
  points: Matrix,
  { pieceOf, pieces, signal }: CoarsenOptions,
): Promise<CoarseGraph> {
  const sizes = new Float64Array(pieces);
  for (const piece of pieceOf) sizes[piece] += 1 / pieceOf.length;
  return {
    pieces,
    sizes,
    links: linksOf(graph, pieceOf, pieces),
    products: await productsOf(points, sizes, { pieceOf, pieces, signal }),
  };
}

function linksOf({ offsets, targets, weights }: WeightedGraph, pieceOf: Uint32Array, pieces: number) {
  const links = new Float64Array(pieces * pieces);
  let total = 0;
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) {
      // Half for either direction: the graph need not be symmetric, but the links are.
      const weight = weights[edge] / 2;
      links[pieceOf[i] * pieces + pieceOf[targets[edge]]] += weight;
      links[pieceOf[targets[edge]] * pieces + pieceOf[i]] += weight;
      total += weights[edge];
    }
  }
  return total > 0 ? links.map((link) => link / total) : links;
}

async function productsOf(
  { data, rows, columns }: Matrix,
  sizes: Float64Array,
  { pieceOf, pieces, signal }: CoarsenOptions,
): Promise<Float64Array> {
  const moments = new Float64Array(pieces * columns);
  const mean = new Float64Array(columns);
  // Relative to one of the points, so that points that are all equal are at exactly 0.
  const origin = Float64Array.from(data.subarray(0, columns));
  await forEachChunk(rows, chunkRows(columns), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      const at = pieceOf[i] * columns;
      for (let c = 0; c < columns; c++) moments[at + c] += (data[i * columns + c] - origin[c]) / rows;
    }
  });
  for (let at = 0; at < moments.length; at++) mean[at % columns] += moments[at];
  for (let at = 0; at < moments.length; at++) {
    moments[at] -= sizes[Math.floor(at / columns)] * mean[at % columns];
  }
  let inertia = 0;
  await forEachChunk(rows, chunkRows(columns), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      for (let c = 0; c < columns; c++) inertia += (data[i * columns + c] - origin[c] - mean[c]) ** 2;
    }
  });
  const products = new Float64Array(pieces * pieces);
  // When all points are equal, all distances are 0.
  if (inertia === 0) return products;
  await forEachChunk(pieces, chunkRows(pieces * columns), signal, (start, end) => {
    for (let a = start; a < end; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = 0;
        for (let c = 0; c < columns; c++) sum += moments[a * columns + c] * moments[b * columns + c];
        products[a * pieces + b] = products[b * pieces + a] = (sum * rows) / inertia;
      }
    }
  });
  return products;
}
