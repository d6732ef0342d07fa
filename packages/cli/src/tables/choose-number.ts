import {
  chooseClusters,
  DataError,
  gatherRows,
  kmeansKind,
  matrix,
  Random,
  sweep,
  type ClusterCount,
  type Matrix,
  type RowScalingKind,
} from '@shoal/core';
import type { ColumnReference } from '@shoal/tables';
import type { CommandContext } from '../context.ts';
import type { OpenEngine } from '../engines.ts';
import { UsageError } from '../exit-codes.ts';
import { parseClusters } from '../sweep/parse-clusters.ts';
import { SWEPT, sweptMethod, type SweptOptions } from '../sweep/swept-method.ts';

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

/** What the fit is that the number is for. */
interface FitToChooseFor extends SweptOptions {
  readonly seed: number;
  /** The scaling of rows. */
  readonly scaling?: RowScalingKind | 'none' | undefined;
  readonly features?: string | undefined;
  readonly weight?: ColumnReference | undefined;
}

/**
 * A number of clusters by criteria that need no classes, and a sentence about how sure it is. Methods that are slow to fit
 * are tried by k-means of the points.
 *
 * @throws {UsageError} when there are fewer rows than the smallest number
 * @throws {DataError} when no criterion picks a number
 */
export async function chooseNumber(
  points: Matrix,
  choice: readonly number[],
  fit: FitToChooseFor,
  { engine }: OpenEngine,
  { signal, progress: onProgress, endProgress }: CommandContext,
): Promise<ClusterCount> {
  const { seed, scaling } = fit;
  const swept = sampleOf(points, seed);
  const clusters = choice.filter((count) => count <= swept.rows);
  const several = clusters.filter((count) => count > 1);
  if (several.length === 0) {
    throw new UsageError(
      `There are ${points.rows} rows, too few to choose a number of clusters. Give a number with -k.`,
    );
  }
  if (clusters.length === 1) {
    const why = `${clusters[0]} clusters: of the numbers given, the rows allow no other.`;
    return { clusters: clusters[0], agreement: 'all', why };
  }
  const isSwept = SWEPT.includes(fit.method);
  const found = await sweep(swept, {
    clusters,
    with: isSwept ? sweptMethod(fit, scaling) : { kind: kmeansKind },
    seeds: [seed, seed + 1, seed + 2],
    engine,
    signal,
    onProgress,
  });
  endProgress();
  const chosen = chooseClusters(found);
  if (chosen !== undefined) {
    const notes = notesOf(fit, isSwept, swept, points, choice.length - clusters.length);
    return { ...chosen, why: [chosen.why, ...notes].join(' ') };
  }
  throw new DataError(
    `No criterion picks a number of clusters from ${choice.join(', ')}: the rows may have no clusters at all. Give a number with -k.`,
  );
}

/** What the choice did not look at, a sentence each. */
function notesOf(
  { weight, features }: FitToChooseFor,
  isSwept: boolean,
  swept: Matrix,
  points: Matrix,
  dropped: number,
): readonly string[] {
  return [
    ...(swept.rows < points.rows
      ? [`Chosen on ${swept.rows.toLocaleString('en')} rows drawn at random.`]
      : []),
    ...(dropped > 0 ? ['Numbers above the number of rows were left out.'] : []),
    ...(isSwept ? [] : ['Chosen by k-means of the points.']),
    ...(features === 'gradients' ? ['Chosen by pixels, not by gradients.'] : []),
    ...(weight === undefined ? [] : ['Chosen without the weights.']),
    'shoal sweep shows the criteria.',
  ];
}

function sampleOf(points: Matrix, seed: number): Matrix {
  if (points.rows <= MAX_SWEPT) return points;
  const rows = new Random(seed).distinct(MAX_SWEPT, points.rows).sort();
  return matrix(gatherRows(points, rows), rows.length, points.columns);
}
