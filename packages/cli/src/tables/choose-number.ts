import {
  chooseClusters,
  CLUSTERER_KINDS,
  DataError,
  gatherRows,
  kmeansKind,
  matrix,
  Random,
  sweep,
  type ClusterCount,
  type Matrix,
} from '@shoal/core';
import type { CommandContext } from '../context.ts';
import type { OpenEngine } from '../engines.ts';
import { UsageError } from '../exit-codes.ts';
import { parseClusters } from '../sweep/parse-clusters.ts';

/** What `--clusters` takes: a number, or several to choose from. */
export type ClustersChoice = number | readonly number[];

/** Numbers of clusters that `auto` tries; 1 only tells whether there are any clusters. */
const AUTO_CLUSTERS: readonly number[] = Array.from({ length: 12 }, (_, i) => i + 1);

/**
 * A number, `auto`, or numbers to choose from as `shoal sweep` takes them.
 *
 * @throws {UsageError} when the text is none of these
 */
export function parseClustersChoice(text: string): ClustersChoice {
  if (text === 'auto') return AUTO_CLUSTERS;
  if (text.includes(',') || text.includes('..')) return parseClusters(text);
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 1) return value;
  throw new UsageError(
    `--clusters takes a whole number of at least 1, auto, or a range such as 2..12; got "${text}".`,
  );
}

/** Greatest number of points that are swept: more change the choice little, and take much longer. */
const MAX_SWEPT = 10_000;

/**
 * A number of clusters by criteria that need no classes, and a sentence about how sure it is.
 *
 * @param method the kind of clustering that is tried; of methods that are slow to fit, k-means of the points
 * @throws {DataError} when no criterion picks a number
 */
export async function chooseNumber(
  points: Matrix,
  choice: readonly number[],
  { method, seed }: { readonly method: string; readonly seed: number },
  { engine }: OpenEngine,
  { signal, progress: onProgress, endProgress }: CommandContext,
): Promise<ClusterCount> {
  const swept = sampleOf(points, seed);
  const clusters = choice.filter((count) => count <= swept.rows);
  const kind = CLUSTERER_KINDS.find((known) => known.method === method && known.swept !== undefined);
  const found = await sweep(swept, {
    clusters,
    with: { kind: kind ?? kmeansKind },
    engine,
    signal,
    onProgress,
  });
  endProgress();
  const chosen = clusters.length === 1 ? onlyOf(clusters[0]) : chooseClusters(found);
  if (chosen !== undefined) return { ...chosen, why: [chosen.why, ...notesOf()].join(' ') };
  throw new DataError(
    `No criterion picks a number of clusters from ${choice.join(', ')}: the rows may have no clusters at all. Give a number with -k.`,
  );

  function notesOf(): readonly string[] {
    return [
      ...(swept.rows < points.rows
        ? [`Chosen on ${swept.rows.toLocaleString('en')} rows drawn at random.`]
        : []),
      ...(kind === undefined ? ['Chosen by k-means of the points.'] : []),
      'shoal sweep shows the criteria.',
    ];
  }
}

function onlyOf(clusters: number): ClusterCount {
  return { clusters, agreement: 'all', why: `${clusters} clusters: the only number given.` };
}

function sampleOf(points: Matrix, seed: number): Matrix {
  if (points.rows <= MAX_SWEPT) return points;
  const rows = new Random(seed).distinct(MAX_SWEPT, points.rows).sort();
  return matrix(gatherRows(points, rows), rows.length, points.columns);
}
