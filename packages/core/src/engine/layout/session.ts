/** Edges of a graph by the vertex they start from (compressed sparse rows). */
export interface SparseGraph {
  /** N + 1 ascending values: the edges of vertex i are `offsets[i] <= e < offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  /** Vertex each edge leads to, E values. */
  readonly targets: Uint32Array;
  /** How often each edge pulls, in 65536ths of a pull a step: E values up to `RATE_OF_ONE`, one pull a step. */
  readonly rates: Uint32Array;
}

/** The greatest rate: one pull a step. Rates are whole numbers so that all engines agree when an edge pulls. */
export const RATE_OF_ONE = 0x10000;
/** Greatest number of steps of a layout: what 32 bits can count. */
export const MAX_STEPS = 0x8000;
/** Greatest number of vertices that one pull may push away from. */
export const MAX_NEGATIVES = 64;
/** `negatives` are counted in 16ths. */
export const PARTS_OF_NEGATIVE = 16;

/** Settings of a layout; see `GraphLayoutSession`. */
export interface GraphLayoutOptions {
  /** Columns of the layout, d >= 1. */
  readonly dimensions: number;
  /** Shape of the similarity 1 / (1 + a r^(2b)) of two vertices at distance r; both above 0. */
  readonly a: number;
  readonly b: number;
  /** Factor of the repulsion, >= 0. */
  readonly repulsion: number;
  /**
   * Number of vertices that the start of an edge is pushed away from at each pull, on average: 0 to 64 in sixteenths;
   * 2.5 is 2 and 3 in turn.
   */
  readonly negatives: number;
  /** Learning rate of the first step, above 0; it falls in a straight line to 0 after the last. */
  readonly learningRate: number;
  /** Steps in all, T from 1 to `MAX_STEPS`. */
  readonly steps: number;
  /** A 32-bit seed. */
  readonly seed: number;
  /**
   * Fixed vertices that edges lead to, M x d. When absent, edges lead to the moving vertices themselves, and each edge
   * has an opposite edge with the same rate.
   */
  readonly anchors?: Float32Array | undefined;
  /** Aborts the call in progress: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Stochastic gradient descent on the cross entropy of a fuzzy graph (McInnes, Healy & Melville, "UMAP", arXiv
 * 1802.03426, section 4.2 and appendix), arranged so that the order of work does not change the result: in a step every
 * vertex moves by itself, and sees all others where they were at the start of the step.
 *
 * An edge pulls both of its ends in the same step, so a pull moves no center of mass; this keeps large structure in
 * place. The step depends only on the seed and the two vertices, so each end can compute it by itself.
 *
 * Step t moves vertex i. y is its own place, which changes during the step, and `rate` = learningRate (1 - t / T). For
 * each of its edges e = (i, j) in order, with n(u, t) = (t rates[e] + u) >> 16 and u(i, j) = `hash32(hash32(seed, i),
 * j)` >> 16:
 *
 * 1. The edge pulls n(u(i, j), t + 1) - n(u(i, j), t) times. Pull number p, p from n(u(i, j), t), is
 *    - y += rate clip(f(|y - y_j|²) (y - y_j)) with f(s) = -2ab s^(b-1) / (1 + a s^b) and f(0) = 0;
 *    - floor((p + 1) negatives) - floor(p negatives) pushes: y += rate clip(g(|y - y_m|²) (y - y_m)) with g(s) = 2
 *      `repulsion` b / ((0.001 + s) (1 + a s^b)), where m = `hash32(h, c)` mod M with h = `hash32(hash32(seed, t), i)`,
 *      and c counts the pushes of the vertex in this step from 0. A push that would come from the vertex itself does
 *      nothing, but counts.
 * 2. Without anchors, the opposite edge pulls n(u(j, i), t + 1) - n(u(j, i), t) times: the same move toward y_j. The
 *    pushes belong to the other end.
 *
 * clip bounds each coordinate to [-4, 4]. Engines may approximate f and g to a thousandth.
 */
export interface GraphLayoutSession extends Disposable {
  readonly vertices: number;
  readonly dimensions: number;
  /** Steps done. */
  readonly completed: number;

  /** Takes up to `count` further steps; does nothing when all are done. */
  step(count: number): Promise<void>;

  /** Where the vertices are, N x d. */
  readPositions(): Promise<Float32Array>;

  /** Frees everything the session holds. Calling it twice is harmless. */
  destroy(): void;
}
