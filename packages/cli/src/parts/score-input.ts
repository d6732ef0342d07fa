import { countWithoutCluster, DataError, scoreParts, ShapeError, type Labels } from '@shoal/core';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../exit-codes.ts';
import type { InternalScores } from '../internal-scores.ts';
import type { PartedInput } from './parted-source.ts';

interface ScoreInputOptions {
  /** Points of the silhouette. */
  readonly sample: number;
  readonly seed: number;
  /** Whether the density-based validity was asked for. */
  readonly dbcv?: boolean | undefined;
}

/** The labels of the points, and their scores. */
export interface ScoredParts {
  readonly labels: Int32Array;
  readonly internal: InternalScores;
}

/**
 * Scores points in parts against their clusters.
 *
 * @param labels of all rows
 * @param file that has the labels, for messages
 * @throws {UsageError} when a score was asked for that needs all points at once
 * @throws {ShapeError} when there is not one label per row
 */
export async function scoreInput(
  input: PartedInput,
  labels: Labels,
  file: string,
  { sample, seed, dbcv }: ScoreInputOptions,
  { signal, progress: onProgress }: CommandContext,
): Promise<ScoredParts> {
  if (dbcv) {
    throw new UsageError(
      `--dbcv needs all points at once, but ${input.name} is read in parts. Leave it out, or give more --memory.`,
    );
  }
  const own = labelsOfPoints(labels, input, file);
  const noise = countWithoutCluster(own);
  const silhouetteSample = Math.min(sample, own.length - noise);
  const shared = { silhouetteSample, ...(noise > 0 && { noise: noise / own.length }) };
  try {
    const options = { sampleSize: silhouetteSample, seed, signal, onProgress };
    return { labels: own, internal: { ...(await scoreParts(input.points, own, options)), ...shared } };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const none = { silhouette: null, calinskiHarabasz: null, daviesBouldin: null };
    return { labels: own, internal: { ...none, ...shared, leftOut: [error.message] } };
  }
}

function labelsOfPoints(labels: Labels, { name, points, table }: PartedInput, file: string): Int32Array {
  const rows = table?.rows ?? points.rows;
  if (labels.length !== rows) {
    throw new ShapeError(`${file} has ${labels.length} labels, but ${name} has ${rows} rows.`);
  }
  const all = Int32Array.from(labels, Number);
  const without = new Set(table?.without);
  return without.size === 0 ? all : all.filter((_, row) => !without.has(row));
}
