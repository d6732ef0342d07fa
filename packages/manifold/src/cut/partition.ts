import type { Random } from '@shoal/core';
import type { CoarseGraph } from './coarse-graph.ts';

/** The measures of a cut: lower is better for each. */
export interface CutMeasures {
  /** Share of the edges' weight that leads from one cluster to another, 0 to 1. */
  readonly cut: number;
  /** How unequal the clusters are: the divergence of their sizes from uniform, 0 to log K. */
  readonly imbalance: number;
  /** Share of the points' inertia that is left inside clusters, 0 to 1. */
  readonly dispersion: number;
}

/** The weights of the measures; the cut has weight 1. */
export interface CutWeights {
  readonly balance: number;
  readonly compactness: number;
}

/** The weighted sum of the measures. */
export function weigh({ cut, imbalance, dispersion }: CutMeasures, weights: CutWeights): number {
  return cut + weights.balance * imbalance + weights.compactness * dispersion;
}

/**
 * Pieces of a coarse graph in clusters. The change of a move is computed in time that does not grow with the number of
 * pieces. Tables are ordered by clusters, so that a move goes through memory in order: moves take most of the time when
 * there are many pieces.
 */
export class Partition {
  /** Cluster of each piece. */
  readonly clusterOf: Uint32Array;

  readonly #graph: CoarseGraph;
  readonly #clusters: number;
  /** Share of all points in each cluster, and its part in the divergence of the sizes from uniform. */
  readonly #sizes: Float64Array;
  readonly #divergences: Float64Array;
  /** Squared length of each cluster's moment, and the share of all inertia that it explains. */
  readonly #squares: Float64Array;
  readonly #explained: Float64Array;
  /** Sums over the pieces of each cluster of a piece's links and products, clusters x pieces. */
  readonly #linked: Float64Array;
  readonly #projected: Float64Array;
  /** The few pieces that each piece has links to. */
  readonly #linkedTo: readonly Uint32Array[];

  /** @param start cluster of each piece, or a generator that draws them */
  constructor(graph: CoarseGraph, clusters: number, start: Uint32Array | Random) {
    const { pieces, links, products, sizes } = graph;
    this.#graph = graph;
    this.#clusters = clusters;
    this.#sizes = new Float64Array(clusters);
    this.#divergences = new Float64Array(clusters);
    this.#squares = new Float64Array(clusters);
    this.#explained = new Float64Array(clusters);
    this.#linked = new Float64Array(clusters * pieces);
    this.#projected = new Float64Array(clusters * pieces);
    this.clusterOf =
      start instanceof Uint32Array
        ? start.slice()
        : Uint32Array.from({ length: pieces }, () => start.integer(clusters));
    for (let b = 0; b < pieces; b++) {
      const cluster = this.clusterOf[b];
      this.#sizes[cluster] += sizes[b];
      for (let a = 0; a < pieces; a++) {
        // Both tables are symmetric.
        this.#linked[cluster * pieces + a] += links[b * pieces + a];
        this.#projected[cluster * pieces + a] += products[b * pieces + a];
      }
    }
    const linked = new Uint32Array(pieces);
    this.#linkedTo = Array.from({ length: pieces }, (_, a) => {
      let count = 0;
      for (let b = 0; b < pieces; b++) if (links[a * pieces + b] !== 0) linked[count++] = b;
      return linked.slice(0, count);
    });
    for (let a = 0; a < pieces; a++) {
      const cluster = this.clusterOf[a];
      this.#squares[cluster] += this.#projected[cluster * pieces + a];
    }
    for (let k = 0; k < clusters; k++) this.#refresh(k);
  }

  /** Writes to `out` how the weighted measures would change if the piece moved to each cluster; 0 for its own. */
  changes(piece: number, { balance, compactness }: CutWeights, out: Float64Array): void {
    const { pieces, links, products, sizes } = this.#graph;
    const clusters = this.#clusters;
    const size = sizes[piece];
    const own = this.clusterOf[piece];
    const self = products[piece * pieces + piece];
    const linkedHere = this.#linked[own * pieces + piece] - links[piece * pieces + piece];
    const rest = this.#sizes[own] - size;
    const left = explained(this.#squares[own] - 2 * this.#projected[own * pieces + piece] + self, rest);
    const imbalanceLeft = divergence(rest, clusters) - this.#divergences[own];
    const explainedLeft = left - this.#explained[own];
    for (let k = 0; k < clusters; k++) {
      if (k === own) {
        out[k] = 0;
        continue;
      }
      const at = k * pieces + piece;
      const grown = this.#sizes[k] + size;
      const imbalance = imbalanceLeft + divergence(grown, clusters) - this.#divergences[k];
      const square = this.#squares[k] + 2 * this.#projected[at] + self;
      const gained = explainedLeft + explained(square, grown) - this.#explained[k];
      // A link is stored twice, once for each end.
      out[k] = 2 * (linkedHere - this.#linked[at]) + balance * imbalance - compactness * gained;
    }
  }

  move(piece: number, to: number): void {
    const { pieces, links, products, sizes } = this.#graph;
    const from = this.clusterOf[piece];
    if (from === to) return;
    const self = products[piece * pieces + piece];
    this.#squares[from] += self - 2 * this.#projected[from * pieces + piece];
    this.#squares[to] += self + 2 * this.#projected[to * pieces + piece];
    this.#sizes[from] -= sizes[piece];
    this.#sizes[to] += sizes[piece];
    this.clusterOf[piece] = to;
    this.#refresh(from);
    this.#refresh(to);
    const [row, fromRow, toRow] = [piece * pieces, from * pieces, to * pieces];
    for (const a of this.#linkedTo[piece]) {
      this.#linked[fromRow + a] -= links[row + a];
      this.#linked[toRow + a] += links[row + a];
    }
    for (let a = 0; a < pieces; a++) {
      const product = products[row + a];
      this.#projected[fromRow + a] -= product;
      this.#projected[toRow + a] += product;
    }
  }

  measures(): CutMeasures {
    const { pieces } = this.#graph;
    let cut = 1;
    for (const [a, cluster] of this.clusterOf.entries()) cut -= this.#linked[cluster * pieces + a];
    let imbalance = 0;
    let dispersion = 1;
    for (let k = 0; k < this.#clusters; k++) {
      imbalance += this.#divergences[k];
      dispersion -= this.#explained[k];
    }
    return { cut, imbalance, dispersion };
  }

  /** Updates the terms of a cluster after a change of its size and moment. */
  #refresh(cluster: number): void {
    this.#divergences[cluster] = divergence(this.#sizes[cluster], this.#clusters);
    this.#explained[cluster] = explained(this.#squares[cluster], this.#sizes[cluster]);
  }
}

/** A cluster with a smaller size is empty; the size is a rounding error. */
const TINY = 1e-12;

/** Share of all inertia that a cluster explains. */
function explained(square: number, size: number): number {
  return size > TINY ? Math.max(0, square) / size : 0;
}

/** A cluster's part in the divergence from uniform of the sizes of this number of clusters. */
function divergence(size: number, clusters: number): number {
  return size > TINY ? size * Math.log(size * clusters) : 0;
}
