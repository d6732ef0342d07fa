import { chunkRows, forEachChunk } from '../chunks.ts';
import { DataError, ShapeError } from '../errors.ts';
import { assertFinite, type Matrix } from '../matrix.ts';
import { placeOf, sampleRows, type Place } from '../origin/find-origin.ts';
import type { PartedPoints } from './parted-points.ts';
import { forEachPart } from './part-reader.ts';

/** What one pass over points in parts finds out. */
export interface PartsSurvey {
  /** Least and greatest value of each column, D values each. */
  readonly least: Float64Array;
  readonly greatest: Float64Array;
  /** Weighted mean of each column; exact for bytes without weights. */
  readonly mean: Float64Array;
  /** Where the points lie; undefined for bytes. */
  readonly place: Place | undefined;
  /** A matrix like the parts, without rows. */
  readonly sample: Matrix;
}

/**
 * Reads all parts once: ranges and means of the columns, and the rows that `findOrigin` would look at.
 *
 * @throws {DataError} when a value is NaN or infinite, or parts have different types of values or scales
 */
export async function surveyParts(
  points: PartedPoints,
  weights: Float32Array | undefined,
  signal: AbortSignal | undefined,
): Promise<PartsSurvey> {
  const { rows, columns } = points;
  const sampled = sampleRows(rows, weights);
  const sample = new Float64Array(sampled.length * columns);
  const least = new Float64Array(columns).fill(Infinity);
  const greatest = new Float64Array(columns).fill(-Infinity);
  const sums = new Float64Array(columns);
  let total = 0;
  let taken = 0;
  let first: Matrix | undefined;
  await forEachPart(
    points,
    signal,
    async (part, start) => {
      first ??= emptyLike(part);
      requireAlike(part, first, start);
      const { data, scale } = part;
      for (; taken < sampled.length && sampled[taken] < start + part.rows; taken++) {
        const from = (sampled[taken] - start) * columns;
        for (let j = 0; j < columns; j++) sample[taken * columns + j] = data[from + j] * scale;
      }
      await forEachChunk(part.rows, chunkRows(columns), signal, (begin, end) => {
        for (let i = begin; i < end; i++) {
          const weight = weights?.[start + i] ?? 1;
          total += weight;
          for (let j = 0; j < columns; j++) {
            const value = data[i * columns + j] * scale;
            if (value < least[j]) least[j] = value;
            if (value > greatest[j]) greatest[j] = value;
            sums[j] += weight * value;
          }
        }
      });
      if (!sums.every(Number.isFinite)) assertFinite(part, start);
    },
    { reuses: true },
  );
  if (first === undefined) throw new ShapeError('Points in parts need at least one part; got none.');
  return {
    least,
    greatest,
    mean: sums.map((sum) => sum / total),
    place: first.data instanceof Uint8Array ? undefined : placeOf(sample, columns),
    sample: first,
  };
}

/** A matrix of the same type and scale, without the values: a survey keeps no part. */
function emptyLike(part: Matrix): Matrix {
  return { ...part, data: part.data.slice(0, 0), rows: 0 };
}

function requireAlike(part: Matrix, first: Matrix, start: number): void {
  const [own, other] = [part, first].map(({ data, scale }) => `${data.constructor.name}, scale ${scale}`);
  if (own === other) return;
  throw new DataError(
    `The part from row ${start} on holds ${own}, but the first part holds ${other}; all parts must be alike. Convert them first.`,
  );
}
