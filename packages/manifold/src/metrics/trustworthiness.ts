import {
  createReferenceEngine,
  InvalidArgumentError,
  Random,
  ShapeError,
  type Engine,
  type Matrix,
  type ProgressListener,
} from '@shoal/core';
import { forEachChunk } from '@shoal/core/engine-kit';
import { requireWholeNumber } from '@shoal/core/model-kit';
import { findNearest } from '../graph/nearest.ts';

export interface TrustworthinessOptions {
  /** Neighbors of each point that are looked at, k from 1 to less than half of the points; default 5. */
  readonly neighbors?: number | undefined;
  /** Judge by this many points drawn without replacement, each ranked among all; default all. */
  readonly sampleSize?: number | undefined;
  /** Seed of the draw, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** What searches the embedding; default the reference engine. */
  readonly engine?: Engine | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Phase `trustworthiness`; counts points. */
  readonly onProgress?: ProgressListener | undefined;
}

/**
 * How far neighbors in an embedding are neighbors indeed, from 0 to 1: 1 - 2 / (n k (2N - 3k - 1)) times the sum, over
 * the n points judged and their k nearest in the embedding, of how far the rank of each in the original space exceeds k
 * (Venna & Kaski, "Neighborhood preservation in nonlinear projection methods", ICANN 2001; as scikit-learn has it).
 *
 * It takes n N distances in the original space, in float64, and memory for N of them at a time.
 *
 * @param points N x D, on the host
 * @param embedding N x d, on the host
 * @throws {ShapeError} when there are not as many points in the embedding
 * @throws {InvalidArgumentError} when an option is out of range
 * @throws {DataError} when a value is NaN or infinite
 * @throws the signal's reason when it is aborted
 */
export async function trustworthiness(
  points: Matrix,
  embedding: Matrix,
  options: TrustworthinessOptions = {},
): Promise<number> {
  const { neighbors = 5, seed = 0, engine = createReferenceEngine(), signal, onProgress } = options;
  const { rows } = points;
  if (embedding.rows !== rows) {
    throw new ShapeError(`An embedding of ${rows} points has as many rows; this one has ${embedding.rows}.`);
  }
  requireWholeNumber('neighbors', neighbors, 1);
  if (neighbors >= rows / 2) {
    throw new InvalidArgumentError(
      `Trustworthiness is defined for fewer neighbors than half of the points, ${rows / 2}; got ${neighbors}.`,
    );
  }
  const sampleSize = requireWholeNumber('sampleSize', options.sampleSize ?? rows, 1);
  const judged =
    sampleSize >= rows
      ? Uint32Array.from({ length: rows }, (_, i) => i)
      : Uint32Array.from(new Random(seed).distinct(sampleSize, rows));
  const found = await findNearest(embedding, undefined, { engine, neighbors, signal });
  const distances = new Float64Array(rows);
  let excess = 0;
  await forEachChunk(judged.length, 1, signal, (at) => {
    const point = judged[at];
    distancesFrom(points, point, distances);
    for (let n = 0; n < neighbors; n++) {
      const rank = rankOf(found.indices[point * neighbors + n], point, distances);
      if (rank > neighbors) excess += rank - neighbors;
    }
    onProgress?.({ phase: 'trustworthiness', completed: at + 1, total: judged.length });
  });
  return 1 - (2 * excess) / (judged.length * neighbors * (2 * rows - 3 * neighbors - 1));
}

/** Squared distances from one point to all. */
function distancesFrom({ data, rows, columns, scale }: Matrix, point: number, distances: Float64Array): void {
  const from = point * columns;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0, at = i * columns; j < columns; j++, at++) {
      const difference = (data[at] - data[from + j]) * scale;
      sum += difference * difference;
    }
    distances[i] = sum;
  }
}

/** From 1, the nearest; of equally far points the lower row comes first. */
function rankOf(other: number, point: number, distances: Float64Array): number {
  const distance = distances[other];
  let rank = 1;
  for (let i = 0; i < distances.length; i++) {
    if (i !== point && (distances[i] < distance || (distances[i] === distance && i < other))) rank++;
  }
  return rank;
}
