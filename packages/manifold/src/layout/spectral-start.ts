import type { Random } from '@shoal/core';
import { forEachChunk } from '@shoal/core/engine-kit';
import {
  narrowProduct,
  orthonormalize,
  symmetricEigen,
  symmetricPart,
  transposedProduct,
} from '@shoal/core/model-kit';
import type { WeightedGraph } from '../graph/fuzzy-graph.ts';
import { VisitOrder } from './visit-order.ts';

export interface SpectralOptions {
  /** Number of coordinates, d. */
  readonly dimensions: number;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  /** Called after each round with the rounds done and the greatest number of rounds. */
  readonly onRound?: ((rounds: number, total: number) => void) | undefined;
}

/** Number of extra vectors, which make convergence faster. */
const OVERSAMPLING = 6;
/** Degree of the polynomial of each round. */
const DEGREE = 16;
const MOST_ROUNDS = 5;
/** Relative change of eigenvalues below which they are good enough for a start. */
const TOLERANCE = 1e-3;
/** Number of vertices between two turns of the event loop. */
const VERTICES_PER_CHUNK = 4096;

/**
 * The eigenvectors of the normalized Laplacian I - D^(-1/2) W D^(-1/2) that belong to its d least eigenvalues, without
 * the first, which has no information. A layout starts there (Belkin & Niyogi, "Laplacian Eigenmaps", Neural
 * Computation 15(6), 2003). Found by subspace iteration with a Chebyshev polynomial that dampens all other eigenvectors
 * (Zhou, Saad, Tiago & Chelikowsky, J. Comput. Phys. 219(1), 2006).
 *
 * @param graph connected and symmetric
 * @returns N x d, columns of unit length
 * @throws the signal's reason when it is aborted
 */
export async function spectralStart(
  graph: WeightedGraph,
  { dimensions, random, signal, onRound }: SpectralOptions,
): Promise<Float64Array> {
  const vertices = graph.offsets.length - 1;
  const width = Math.min(vertices, 1 + dimensions + OVERSAMPLING);
  const wanted = Math.min(width, 1 + dimensions);
  const order = new VisitOrder(graph);
  const walk = order.renumber(normalize(graph));
  let basis: Float64Array = Float64Array.from({ length: vertices * width }, () => random.normal());
  let values: Float64Array = new Float64Array(width).fill(Infinity);
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    basis = await orthonormalize(basis, vertices, width, signal);
    const image = order.restore(await multiply(walk, order.arrange(basis, width), width, signal), width);
    const projected = symmetricPart(transposedProduct(basis, image, vertices, width), width);
    const ritz = await symmetricEigen(projected, width, signal);
    basis = narrowProduct(basis, ritz.vectors, vertices, width);
    onRound?.(round, MOST_ROUNDS);
    const moved = ritz.values
      .subarray(0, wanted)
      .findIndex((value, i) => Math.abs(value - values[i]) > TOLERANCE * (1 - value + TOLERANCE));
    if (moved < 0 || width === vertices) break;
    values = ritz.values.slice();
    if (round < MOST_ROUNDS) {
      const damped = await dampen(walk, order.arrange(basis, width), width, values[width - 1], signal);
      basis = order.restore(damped, width);
    }
  }
  const out = new Float64Array(vertices * dimensions);
  for (let i = 0; i < vertices; i++) {
    for (let c = 0; c < dimensions; c++)
      out[i * dimensions + c] = basis[i * width + Math.min(width - 1, c + 1)];
  }
  return out;
}

/** D^(-1/2) W D^(-1/2), whose eigenvalues are 1 less those of the Laplacian. */
function normalize({ offsets, targets, weights }: WeightedGraph): WeightedGraph {
  const roots = new Float64Array(offsets.length - 1);
  for (let i = 0; i < roots.length; i++) {
    let degree = 0;
    for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) degree += weights[edge];
    roots[i] = Math.sqrt(degree);
  }
  const normalized = weights.slice();
  for (let i = 0; i < roots.length; i++) {
    for (let edge = offsets[i]; edge < offsets[i + 1]; edge++)
      normalized[edge] /= roots[i] * roots[targets[edge]];
  }
  return { offsets, targets, weights: normalized };
}

/**
 * A polynomial of the matrix times the basis: the Chebyshev polynomial that is small from -1 to `edge` and grows fast
 * toward 1.
 */
async function dampen(
  walk: WeightedGraph,
  basis: Float64Array,
  width: number,
  edge: number,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const middle = (edge - 1) / 2;
  const half = Math.max(1e-3, (edge + 1) / 2);
  // Scaled so that nothing overflows: sigma is the ratio of neighboring polynomials at 1.
  let sigma = half / (1 - middle);
  const first = 2 / sigma;
  let before: Float64Array = basis;
  let now: Float64Array = await multiply(walk, basis, width, signal);
  for (let at = 0; at < now.length; at++) now[at] = ((now[at] - middle * before[at]) * sigma) / half;
  for (let degree = 2; degree <= DEGREE; degree++) {
    const next = 1 / (first - sigma);
    const image = await multiply(walk, now, width, signal);
    for (let at = 0; at < image.length; at++) {
      image[at] = ((image[at] - middle * now[at]) * 2 * next) / half - sigma * next * before[at];
    }
    before = now;
    now = image;
    sigma = next;
  }
  return now;
}

async function multiply(
  { offsets, targets, weights }: WeightedGraph,
  basis: Float64Array,
  width: number,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const out = new Float64Array(basis.length);
  const sums = new Float64Array(width);
  await forEachChunk(offsets.length - 1, VERTICES_PER_CHUNK, signal, (start, end) => {
    for (let i = start; i < end; i++) {
      sums.fill(0);
      for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) {
        const from = targets[edge] * width;
        const weight = weights[edge];
        for (let c = 0; c < width; c++) sums[c] += weight * basis[from + c];
      }
      out.set(sums, i * width);
    }
  });
  return out;
}
