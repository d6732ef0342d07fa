import type { Engine, FitOptions, Matrix } from '@shoal/core';
import type { WeightedGraph } from '../graph/fuzzy-graph.ts';

/** What equal sizes count for: a number of at least 0, or what the graph speaks for. */
export type Balance = number | 'auto';

/** Settings of `BalancedCut`. */
export interface BalancedCutOptions {
  /** Number of clusters, K, at least 1. */
  readonly clusters: number;
  /**
   * What equal sizes count for, beside the cut, at least 0; or `auto`, the default: 2, unless the graph shows that sizes differ, and
   * less then. See decision 0102.
   */
  readonly balance?: Balance | undefined;
  /** What compact clusters count for, beside the cut; at least 0; default that of `defaultBalancedCut`. */
  readonly compactness?: number | undefined;
  /**
   * Pieces that points are put together into before anything is cut, from K to 23,170; default 20 for each cluster, fewer (but two)
   * beyond 200 clusters, and never more than there are points.
   */
  readonly pieces?: number | undefined;
  /**
   * Coolings from different starts, of which the best counts, at least 1; default that of `defaultBalancedCut` up to 200 pieces (10
   * clusters), and fewer where there are more.
   */
  readonly nInit?: number | undefined;
  /**
   * Iterations of one cooling, each of which visits every piece once; a whole number of at least 1; default that of `defaultBalancedCut` up to 200 pieces. Beyond them `nInit` and
   * `maxIterations` fall with the root of the pieces, so that the time grows with the clusters, and not with their square.
   */
  readonly maxIterations?: number | undefined;
  /** A whole number of at least 0; default 0. */
  readonly seed?: number | undefined;
  /** What finds the pieces; default the one `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}

/** What is cut. */
export interface CutInput {
  /** Where the points are, N x d: pieces are what is near to one another here. */
  readonly embedding: Matrix;
  /** Which points are neighbors, with N vertices: `UmapModel.graph`, say. */
  readonly graph: WeightedGraph;
  /** What clusters are to be compact in, N x D; default the embedding. */
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
