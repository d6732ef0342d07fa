/** Edges of a graph by the vertex they start from (compressed sparse rows). */
export interface SparseGraph {
  /** N + 1 ascending values: the edges of vertex i are `offsets[i] <= e < offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  /** Vertex each edge leads to, E values. */
  readonly targets: Uint32Array;
  /** How often each edge pulls, in 65536ths of a pull a step: E values up to `MOST_RATE`, 2 pulls a step. */
  readonly rates: Uint32Array;
}

/** One pull a step; rates are whole numbers so that all engines agree when an edge pulls. */
export const RATE_OF_ONE = 0x10000;
export const MOST_RATE = 2 * RATE_OF_ONE;
/** Most steps of a layout: what 32 bits can count. */
export const MOST_STEPS = 0x4000;
/** Most vertices that one pull may push away from. */
export const MOST_NEGATIVES = 64;
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
  /** Vertices that each pull pushes away from, on average: 0 to 64 in sixteenths; 2.5 is 2 and 3 in turn. */
  readonly negatives: number;
  /** Learning rate of the first step, above 0; it falls in a straight line to 0 after the last. */
  readonly learningRate: number;
  /** Steps in all, T from 1 to `MOST_STEPS`. */
  readonly steps: number;
  /** A 32-bit seed. */
  readonly seed: number;
  /**
   * Where edges lead to, when they lead to other vertices than those that move: M x d. Absent, they lead to the vertices
   * themselves.
   */
  readonly anchors?: Float32Array | undefined;
  /** Aborts the call in progress: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Stochastic gradient descent on the cross entropy of a fuzzy graph (McInnes, Healy & Melville, "UMAP", arXiv
 * 1802.03426, section 4.2 and appendix), arranged so that the order of work changes nothing: in a step every vertex moves
 * by itself, away from where it was and with all others seen where they were at the step's beginning.
 *
 * Step t moves vertex i, with y its own place, which it sees move, and `rate` = learningRate (1 - t / T). Each edge
 * e = (i, j) of it in turn pulls n(t + 1) - n(t) times, where n(t) = (t rates[e] + u(e)) >> 16 and
 * u(e) = `hash32(seed, e)` >> 16. Pull number p of the edge, p from n(t), is
 *
 * 1. y += rate clip(f(|y - y_j|²) (y - y_j)) with f(s) = -2ab s^(b-1) / (1 + a s^b) and f(0) = 0;
 * 2. floor((p + 1) negatives) - floor(p negatives) pushes: y += rate clip(g(|y - y_m|²) (y - y_m)) with
 *    g(s) = 2 `repulsion` b / ((0.001 + s) (1 + a s^b)), where m = `hash32(h, c)` mod M with
 *    h = `hash32(hash32(seed, t), i)`, and c counts the pushes of the vertex in this step from 0. A vertex does not push
 *    itself, which counts all the same.
 *
 * clip bounds each coordinate to [-4, 4]. Engines may approximate f and g to a thousandth.
 */
export interface GraphLayoutSession {
  readonly vertices: number;
  readonly dimensions: number;
  /** Steps done. */
  readonly completed: number;

  /** Takes up to `count` further steps; none when all are done. */
  step(count: number): Promise<void>;

  /** Where the vertices are, N x d. */
  readPositions(): Promise<Float32Array>;

  /** Frees everything the session holds. Calling it twice is harmless. */
  destroy(): void;
}
