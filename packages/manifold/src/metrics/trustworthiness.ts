import {
  assertFinite,
  defaultEngine,
  type Engine,
  InvalidArgumentError,
  type MatrixLike,
  matrixOf,
  type ProgressListener,
  Random,
  ShapeError,
} from '@shoal/core';
import { requireWholeNumber } from '@shoal/core/model-kit';
import { findNearest } from '../graph/nearest.ts';
import { rankExcess } from './rank-excess.ts';

export interface TrustworthinessOptions {
  /** Number of neighbors of each point, k from 1 to less than half of the points; default 5. */
  readonly neighbors?: number | undefined;
  /** Number of points to judge, drawn without replacement, with ranks among all points; default all. */
  readonly sampleSize?: number | undefined;
  /** Seed of the draw, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** The engine that searches the embedding; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Phase `trustworthiness`; counts points. */
  readonly onProgress?: ProgressListener | undefined;
}

/**
 * How far neighbors in an embedding are also neighbors in the original space, from 0 to 1: 1 - 2 / (n k (2N - 3k - 1))
 * times the sum, over the n points judged and their k nearest in the embedding, of how much the rank of each in the
 * original space exceeds k (Venna & Kaski, "Neighborhood preservation in nonlinear projection methods", ICANN 2001; as
 * in scikit-learn).
 *
 * It takes n N distances in the original space, half as many when all points are judged, in float64 and in tiles: memory
 * grows with N k, and N x N is never stored. 10,000 x 784 take about half a minute on one core.
 *
 * @param given N x D, on the host: rows of numbers, `{ data, columns }` or a matrix
 * @param embedded N x d, in the same forms
 * @throws {ShapeError} when the embedding has another number of points
 * @throws {InvalidArgumentError} when an option is out of range
 * @throws {DataError} when a value is NaN, infinite or too large to be squared
 * @throws the signal's reason when it is aborted
 */
export async function trustworthiness(
  given: MatrixLike,
  embedded: MatrixLike,
  options: TrustworthinessOptions = {},
): Promise<number> {
  const points = matrixOf(given);
  const embedding = matrixOf(embedded, 'The embedding');
  const { neighbors = 5, seed = 0, engine = await defaultEngine(), signal, onProgress } = options;
  const { rows } = points;
  if (embedding.rows !== rows) {
    throw new ShapeError(
      `An embedding of ${rows} points must have ${rows} rows; this one has ${embedding.rows}.`,
    );
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
  assertFinite(points);
  const { indices } = await findNearest(embedding, undefined, { engine, neighbors, signal });
  const excess = await rankExcess(points, { judged, indices, neighbors, signal, onProgress });
  return 1 - (2 * excess) / (judged.length * neighbors * (2 * rows - 3 * neighbors - 1));
}
