import type { Random } from '@shoal/core';
import type { CoarseGraph } from './coarse-graph.ts';

/** What a cut is measured by: the less of each, the better. */
export interface CutMeasures {
  /** Share of the edges' weight that leads from one cluster to another, 0 to 1. */
  readonly cut: number;
  /** How far the clusters are from equal sizes: the divergence of their sizes from uniform, 0 to log K. */
  readonly imbalance: number;
  /** Share of the points' inertia that their clusters leave, 0 to 1. */
  readonly dispersion: number;
}

/** What the measures count for, beside the cut, which counts once. */
export interface CutWeights {
  readonly balance: number;
  readonly compactness: number;
}

/** The cut, and the others by their weights. */
export function weigh({ cut, imbalance, dispersion }: CutMeasures, weights: CutWeights): number {
  return cut + weights.balance * imbalance + weights.compactness * dispersion;
}

/** Pieces of a coarse graph in clusters, which tells what moving one would change in time that does not grow with the pieces. */
export class Partition {
  /** Cluster of each piece. */
  readonly clusterOf: Uint32Array;

  readonly #graph: CoarseGraph;
  readonly #clusters: number;
  /** Share of all points in each cluster. */
  readonly #sizes: Float64Array;
  /** Squared length of each cluster's moment. */
  readonly #squares: Float64Array;
  /** Sums over the pieces of each cluster of a piece's links and products, pieces x clusters. */
  readonly #linked: Float64Array;
  readonly #projected: Float64Array;

  /** Pieces in random clusters. */
  constructor(graph: CoarseGraph, clusters: number, random: Random) {
    const { pieces, links, products, sizes } = graph;
    this.#graph = graph;
    this.#clusters = clusters;
    this.#sizes = new Float64Array(clusters);
    this.#squares = new Float64Array(clusters);
    this.#linked = new Float64Array(pieces * clusters);
    this.#projected = new Float64Array(pieces * clusters);
    this.clusterOf = Uint32Array.from({ length: pieces }, () => random.integer(clusters));
    for (let a = 0; a < pieces; a++) {
      this.#sizes[this.clusterOf[a]] += sizes[a];
      for (let b = 0; b < pieces; b++) {
        this.#linked[a * clusters + this.clusterOf[b]] += links[a * pieces + b];
        this.#projected[a * clusters + this.clusterOf[b]] += products[a * pieces + b];
      }
    }
    for (let a = 0; a < pieces; a++) {
      const cluster = this.clusterOf[a];
      this.#squares[cluster] += this.#projected[a * clusters + cluster];
    }
  }

  /** What each cluster would change in the weighed measures if the piece moved there, into `out`; 0 for its own. */
  changes(piece: number, { balance, compactness }: CutWeights, out: Float64Array): void {
    const { pieces, links, products, sizes } = this.#graph;
    const size = sizes[piece];
    const own = this.clusterOf[piece];
    const row = piece * this.#clusters;
    const self = products[piece * pieces + piece];
    const linkedHere = this.#linked[row + own] - links[piece * pieces + piece];
    const rest = this.#sizes[own] - size;
    const left = explained(this.#squares[own] - 2 * this.#projected[row + own] + self, rest);
    const leaving = {
      imbalance: this.#divergence(rest) - this.#divergence(this.#sizes[own]),
      explained: left - explained(this.#squares[own], this.#sizes[own]),
    };
    for (let k = 0; k < this.#clusters; k++) {
      if (k === own) {
        out[k] = 0;
        continue;
      }
      const grown = this.#sizes[k] + size;
      const imbalance = leaving.imbalance + this.#divergence(grown) - this.#divergence(this.#sizes[k]);
      const square = this.#squares[k] + 2 * this.#projected[row + k] + self;
      const gained =
        leaving.explained + explained(square, grown) - explained(this.#squares[k], this.#sizes[k]);
      // Both ends of a link: it is there twice.
      out[k] = 2 * (linkedHere - this.#linked[row + k]) + balance * imbalance - compactness * gained;
    }
  }

  move(piece: number, to: number): void {
    const { pieces, links, products, sizes } = this.#graph;
    const clusters = this.#clusters;
    const from = this.clusterOf[piece];
    if (from === to) return;
    const row = piece * clusters;
    const self = products[piece * pieces + piece];
    this.#squares[from] += self - 2 * this.#projected[row + from];
    this.#squares[to] += self + 2 * this.#projected[row + to];
    this.#sizes[from] -= sizes[piece];
    this.#sizes[to] += sizes[piece];
    this.clusterOf[piece] = to;
    for (let a = 0; a < pieces; a++) {
      const link = links[piece * pieces + a];
      const product = products[piece * pieces + a];
      this.#linked[a * clusters + from] -= link;
      this.#linked[a * clusters + to] += link;
      this.#projected[a * clusters + from] -= product;
      this.#projected[a * clusters + to] += product;
    }
  }

  measures(): CutMeasures {
    let cut = 1;
    for (const [a, cluster] of this.clusterOf.entries()) cut -= this.#linked[a * this.#clusters + cluster];
    let imbalance = 0;
    let dispersion = 1;
    for (let k = 0; k < this.#clusters; k++) {
      imbalance += this.#divergence(this.#sizes[k]);
      dispersion -= explained(this.#squares[k], this.#sizes[k]);
    }
    return { cut, imbalance, dispersion };
  }

  /** A cluster's part in the divergence of the sizes from uniform. */
  #divergence(size: number): number {
    return size > TINY ? size * Math.log(size * this.#clusters) : 0;
  }
}

/** Sizes below are what rounding left of an empty cluster. */
const TINY = 1e-12;

/** Share of all inertia that a cluster explains. */
function explained(square: number, size: number): number {
  return size > TINY ? Math.max(0, square) / size : 0;
}
