import { chunkRows, forEachChunk } from '../chunks.ts';
import type { Engine } from '../engine/engine.ts';
import { DataError, InvalidArgumentError, ShapeError } from '../errors.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import type { GapKMeansOptions } from '../kmeans/types.ts';
import { assertFinite, matrix, type Matrix } from '../matrix.ts';
import { matrixOf, type MatrixLike } from '../points-like.ts';
import { Random } from '../random.ts';
import { requireWholeNumber } from '../validation.ts';

export interface GapOptions {
  /** Numbers of clusters to try, ascending, each below the number of points. */
  readonly clusters: readonly number[];
  /**
   * Inertia of the points for each of them, above 0, if they are already clustered; by default this function clusters
   * them.
   */
  readonly inertias?: readonly number[] | undefined;
  /** How k-means runs, on the references as on the points; default its own defaults. */
  readonly kmeans?: GapKMeansOptions | undefined;
  /** Sets of reference points, at least 2; default 5. */
  readonly references?: number | undefined;
  /** A whole number of at least 0; default 0. */
  readonly seed?: number | undefined;
  /** The engine that runs k-means; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after every fit of a reference. */
  readonly onFit?: ((done: number, total: number) => void) | undefined;
}

/** The gap of one number of clusters. */
export interface Gap {
  readonly clusters: number;
  /** Mean log inertia of the references less that of the points. */
  readonly gap: number;
  /** Standard deviation of the references' log inertia, times sqrt(1 + 1 / references): s_k of the paper. */
  readonly error: number;
}

/**
 * The gap statistic (Tibshirani, Walther & Hastie, J. Royal Stat. Soc. B 63(2), 2001): how much lower the logarithm of
 * the inertia is than without clusters, in points drawn evenly from the box around the given ones (their reference a).
 *
 * References must be clustered with as many starts as the points: fewer starts find worse optima, most of all with many
 * clusters, and would widen the gap there.
 *
 * When columns depend on each other, as pixels do, the box is far larger than the space that the points fill, and gaps
 * may rise with every cluster: they do from 2 to 14 clusters of 600 garments.
 *
 * @param given N x D, on the host: rows of numbers, `{ data, columns }` or a matrix
 * @throws {InvalidArgumentError} when an option is out of range
 * @throws {ShapeError} when there is not one inertia for each number of clusters
 * @throws {DataError} when points are NaN or infinite, or an inertia is 0, which has no logarithm: there are no more different
 *   points than clusters
 * @throws the signal's reason when it is aborted
 */
export async function gapStatistic(given: MatrixLike, options: GapOptions): Promise<readonly Gap[]> {
  const points = matrixOf(given);
  const { clusters, inertias, kmeans, references = 5, seed = 0, engine, signal, onFit } = options;
  requireWholeNumber('references', references, 2);
  requireAscending(clusters, points.rows);
  if (inertias && inertias.length !== clusters.length) {
    throw new ShapeError(
      `${clusters.length} numbers of clusters need as many inertias; got ${inertias.length}.`,
    );
  }
  assertFinite(points);
  const inertiaOf = async (data: Matrix, k: number): Promise<number> =>
    (await new KMeans({ ...kmeans, clusters: k, seed, engine }).fit(data, { signal })).inertia;

  const own: number[] = [];
  for (const [i, k] of clusters.entries()) {
    own.push(logOf(inertias ? inertias[i] : await inertiaOf(points, k), k));
  }
  const random = new Random(seed);
  const box = await boxOf(points, signal);
  const logs = clusters.map(() => new Float64Array(references));
  for (let reference = 0; reference < references; reference++) {
    const drawn = await drawEvenly(points, box, random, signal);
    for (const [i, k] of clusters.entries()) {
      logs[i][reference] = logOf(await inertiaOf(drawn, k), k);
      onFit?.(reference * clusters.length + i + 1, references * clusters.length);
    }
  }
  return clusters.map((k, i) => {
    const mean = logs[i].reduce((sum, value) => sum + value, 0) / references;
    const variance = logs[i].reduce((sum, value) => sum + (value - mean) ** 2, 0) / references;
    return { clusters: k, gap: mean - own[i], error: Math.sqrt(variance * (1 + 1 / references)) };
  });
}

/**
 * The least number of clusters whose gap is not below the next one's less its error, which is the paper's rule when no
 * number is left out; else the number with the largest gap.
 *
 * @param gaps at least one, by number of clusters, ascending; a gap may be infinite
 * @throws {InvalidArgumentError} when there is none
 */
export function pickByGap(gaps: readonly Gap[]): number {
  if (gaps.length === 0) throw new InvalidArgumentError('There is no gap to choose from; give at least one.');
  const enough = gaps.find((gap, i) => i + 1 < gaps.length && gap.gap >= gaps[i + 1].gap - gaps[i + 1].error);
  return (enough ?? gaps.reduce((best, gap) => (gap.gap > best.gap ? gap : best))).clusters;
}

function requireAscending(clusters: readonly number[], rows: number): void {
  clusters.forEach((k) => requireWholeNumber('clusters', k, 1));
  const isAscending = clusters.every((k, i) => i === 0 || k > clusters[i - 1]);
  if (clusters.length > 0 && isAscending && clusters[clusters.length - 1] < rows) return;
  throw new InvalidArgumentError(
    `Numbers of clusters for the gap must ascend and be below the ${rows} points; got [${clusters.join(', ')}].`,
  );
}

function logOf(inertia: number, clusters: number): number {
  if (inertia > 0 && inertia < Infinity) return Math.log(inertia);
  throw new DataError(
    `The gap compares logarithms of inertias, and that of ${clusters} clusters is ${inertia}: there are no more different ` +
      'points than clusters, or they are so near each other that their squared distances become 0. ' +
      'Ask for fewer clusters, or scale the points.',
  );
}

/** Smallest and largest value of each column. */
interface Box {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

async function boxOf({ data, rows, columns, scale }: Matrix, signal: AbortSignal | undefined): Promise<Box> {
  const low = new Float64Array(columns).fill(Infinity);
  const high = new Float64Array(columns).fill(-Infinity);
  await forEachChunk(rows, chunkRows(columns), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      for (let j = 0; j < columns; j++) {
        const value = data[i * columns + j] * scale;
        if (value < low[j]) low[j] = value;
        if (value > high[j]) high[j] = value;
      }
    }
  });
  return { low, high };
}

/**
 * As many points as there are; in float64 when the given points are, because far from the origin float32 would round
 * them to a few values.
 */
async function drawEvenly(
  { rows, columns, data }: Matrix,
  { low, high }: Box,
  random: Random,
  signal: AbortSignal | undefined,
): Promise<Matrix> {
  const drawn = data instanceof Float64Array ? new Float64Array(data.length) : new Float32Array(data.length);
  await forEachChunk(rows, chunkRows(columns), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      for (let j = 0; j < columns; j++) {
        drawn[i * columns + j] = low[j] + (high[j] - low[j]) * random.uniform();
      }
    }
  });
  return matrix(drawn, rows, columns);
}
