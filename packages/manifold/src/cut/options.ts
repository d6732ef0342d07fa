import type { Engine, FitOptions, Matrix } from '@shoal/core';
import type { WeightedGraph } from '../graph/fuzzy-graph.ts';

/** The weight of equal sizes: a number of at least 0, or `auto` to choose it from the graph. */
export type Balance = number | 'auto';

/** Settings of `BalancedCut`. */
export interface BalancedCutOptions {
  /** Number of clusters, K, at least 1. */
  readonly clusters: number;
  /**
   * Weight of equal sizes relative to the cut, at least 0; or `auto`, the default: 2, or less when the graph shows that
   * sizes differ. See decision 0102.
   */
  readonly balance?: Balance | undefined;
  /** Weight of compact clusters relative to the cut, at least 0; default that of `defaultBalancedCut`. */
  readonly compactness?: number | undefined;
  /**
   * Number of pieces that points are grouped into before the cut, from K to 23,170; default 20 for each cluster, fewer
   * (but at least two) above 200 clusters, and never more than there are points.
   */
  readonly pieces?: number | undefined;
  /**
   * Number of coolings from different starts, at least 1; the best is kept. Default that of `defaultBalancedCut` up to
   * 200 pieces (10 clusters), and fewer when there are more pieces.
   */
  readonly nInit?: number | undefined;
  /**
   * Iterations of one cooling, each of which visits every piece once; a whole number of at least 1; default that of
   * `defaultBalancedCut` up to 200 pieces. Above that, `nInit` and `maxIterations` fall with the square root of the
   * pieces, so that the time grows with the number of clusters, not with its square.
   */
  readonly maxIterations?: number | undefined;
  /** A whole number of at least 0; default 0. */
  readonly seed?: number | undefined;
  /** The engine that finds the pieces; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}

/** The input of a cut. */
export interface CutInput {
  /** Places of the points, N x d: points near each other here form pieces. */
  readonly embedding: Matrix;
  /** The graph of neighbors, with N vertices, for example `UmapModel.graph`. */
  readonly graph: WeightedGraph;
  /** The points in which clusters are to be compact, N x D; default the embedding. */
  readonly points?: Matrix | undefined;
}

export type CutFitOptions = Pick<FitOptions, 'signal' | 'onProgress'>;

/** Settings that found the classes of images best; see decisions 0099 and 0102. */
export const defaultBalancedCut = {
  balance: 'auto',
  compactness: 0.2,
  nInit: 12,
  maxIterations: 2000,
} as const satisfies Partial<BalancedCutOptions>;
