import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  countWithoutCluster,
  DataError,
  densityValidity,
  scoreClustering,
  scoreSpread,
  silhouetteScore,
  type ClusteringReport,
  ShapeError,
  type Labels,
  type Matrix,
} from '@shoal/core';
import { isDatasetName, RUN_FILES, type Dataset } from '@shoal/data';
import type { ColumnReference } from '@shoal/tables';
import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../exit-codes.ts';
import { loadInput, partOf, readOptionsOf, type InputOptions } from '../input.ts';
import { addInputOptions, commonOptions, SOURCE_HELP, wholeNumber } from '../options.ts';
import { recoverInput } from '../output-folder.ts';
import type { InternalScores } from '../internal-scores.ts';
import { confusionTable } from '../output/confusion-table.ts';
import { indent, plainTable } from '../output/tables.ts';
import { scoreRows } from '../output/score-rows.ts';
import { memoryOption } from '../parts/memory.ts';
import { partedSource, takesArrays, type PartedInput } from '../parts/parted-source.ts';
import { scoreInput } from '../parts/score-input.ts';
import { savedReading } from '../read-options.ts';
import { rejectGiven } from '../reject-given.ts';
import { orderByIds, readLabelFile, type LabelFile } from '../tables/label-file.ts';
import { metricsBeside, recipeBeside, type TableInput } from '../tables/load-table.ts';
import {
  addRecipeOptions,
  columnOption,
  hasRecipeOptions,
  rejectRecipeOptions,
} from '../tables/recipe-options.ts';

interface EvaluateOptions extends InputOptions {
  readonly clusterColumn?: ColumnReference;
  readonly classColumn?: ColumnReference;
  readonly classes?: string;
  readonly data?: string;
  readonly split: 'train' | 'test';
  readonly sample: number;
  readonly dbcv?: boolean;
  readonly memory?: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** The output of `evaluate --json`: external scores when classes are given, internal ones when points are given. */
interface Evaluation {
  /** Number of points without a cluster; absent when there are none. */
  withoutCluster?: number;
  external?: ClusteringReport;
  internal?: InternalScores;
}

/** `shoal evaluate`: scores labels against classes, against the points themselves, or both. */
export function addEvaluate(program: Command, context: CommandContext): void {
  const command = program
    .command('evaluate')
    .summary('score cluster labels')
    .description(
      'Scores the labels in a file: an array, or a column of a table, numbers or words; a run folder holds\n' +
        'labels.npy, and of a table assignments.csv.\n' +
        'The label -1 means no cluster.\n' +
        'Against classes: accuracy under the best matching, purity, NMI, AMI, ARI, V-measure, confusion matrix.\n' +
        'Against the points: silhouette (on a sample), Calinski-Harabasz, Davies-Bouldin, and with --dbcv the density-based\n' +
        'validity, which takes time that grows with the square of the points.',
    )
    .argument('<labels>', 'file of cluster labels, or the run folder that has one')
    .option('--classes <file>', 'file of true classes')
    .addOption(columnOption('--cluster-column', 'the column of the labels, if their file has several'))
    .addOption(columnOption('--class-column', 'the column of the classes, if their file has several'))
    .option('--data <source>', `${SOURCE_HELP}; its classes are used unless --classes is given`)
    .addOption(commonOptions.split('train'))
    .option('--sample <n>', 'number of points for the silhouette', wholeNumber('--sample', 2), 10_000)
    .option('--dbcv', 'density-based validity (DBCV), for clusters of any shape and noise');
  addRecipeOptions(addInputOptions(command))
    .addOption(memoryOption())
    .addOption(commonOptions.seed())
    .addOption(commonOptions.json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal evaluate run/labels.npy --data fashion-mnist\n' +
        '  $ shoal evaluate labels.npy --classes classes.csv --json\n',
    )
    .action(async (file: string, options: EvaluateOptions) => {
      await evaluate(file, options, context);
    });
}

async function evaluate(given: string, options: EvaluateOptions, context: CommandContext): Promise<void> {
  const file = await labelsOfRun(given, context);
  await rejectWithoutData(options, file);
  const labeled = await labelsIn(file, 'clusters', options, context);
  const parted =
    options.data === undefined ? undefined : await partsToScore(options.data, file, options, context);
  if (parted !== undefined) {
    try {
      const { labels, internal } = await scoreInput(parted, labeled.labels, file, options, context);
      context.endProgress();
      await report({ labeled, scored: labels, internal }, options, context);
    } finally {
      await parted.close();
    }
    return;
  }
  const part =
    options.data === undefined ? undefined : await partToScore(options.data, file, options, context);
  const scored = part === undefined ? labeled.labels : labelsOfPoints(labeled.labels, part, file);
  const internal =
    part === undefined ? undefined : await internalScores(part.points.points, scored, options, context);
  context.endProgress();
  await report({ labeled, scored, internal, part }, options, context);
}

/** What is scored: all labels, those of the points, and the points. */
interface Scored {
  readonly labeled: LabelFile;
  readonly scored: Labels;
  readonly internal?: InternalScores | undefined;
  readonly part?: ScoredPart | undefined;
}

/** Adds the scores against classes, and prints all. */
async function report(
  { labeled, scored, internal, part }: Scored,
  options: EvaluateOptions,
  context: CommandContext,
): Promise<void> {
  const { signal } = context;
  const result: Evaluation = {};
  const withoutCluster = countWithoutCluster(scored);
  if (withoutCluster > 0) result.withoutCluster = withoutCluster;
  let classNames = part?.points.classNames;
  if (options.classes !== undefined) {
    const given = await labelsIn(options.classes, 'classes', options, context);
    classNames = given.names;
    result.external = await scoreClustering(classesInOrder(given, labeled, context), labeled.labels, {
      signal,
    });
  } else if (part?.points.labels !== undefined) {
    result.external = await scoreClustering(part.points.labels, scored, { signal });
  }
  if (internal !== undefined) result.internal = internal;
  context.stdout(options.json ? JSON.stringify(result, undefined, 2) : evaluationText(result, classNames));
}

/** The labels of a run folder; a file of labels is what it is. */
async function labelsOfRun(path: string, context: CommandContext): Promise<string> {
  await recoverInput(path, context);
  await recoverInput(dirname(path), context);
  const inside = join(path, RUN_FILES.labels);
  return (await stat(inside).catch(() => undefined))?.isFile() === true ? inside : path;
}

/** @throws {UsageError} when there is nothing to score against, or an option has no effect without points */
async function rejectWithoutData(options: EvaluateOptions, file: string): Promise<void> {
  if (options.data !== undefined) return;
  if (options.classes === undefined) {
    const fitted = (await metricsBeside(file))?.['data'];
    const source =
      typeof fitted === 'string' ? `--data "${fitted}", which the run was fitted to` : '--data SOURCE';
    throw new UsageError(`Nothing to score against: give ${source}; or classes by --classes FILE; or both.`);
  }
  const { size, dataDir, dbcv } = options;
  const what = 'evaluate without --data';
  rejectGiven(what, { ...readOptionsOf(options), '--size': size, '--data-dir': dataDir, '--dbcv': dbcv });
  rejectRecipeOptions(what, options);
}

function labelsIn(
  file: string,
  what: 'clusters' | 'classes',
  { maxBytes, clusterColumn, classColumn }: EvaluateOptions,
  { signal, stderr }: CommandContext,
): Promise<LabelFile> {
  const [flag, column] =
    what === 'clusters' ? ['--cluster-column', clusterColumn] : ['--class-column', classColumn];
  return readLabelFile(file, { what, flag, column, maxBytes, signal, stderr });
}

/** Points to score against. */
interface ScoredPart {
  readonly points: Dataset;
  /** The table that they come from, if they come from one. */
  readonly table?: TableInput | undefined;
}

/** The points, made as the run beside the labels made them, unless options say otherwise. */
async function partToScore(
  source: string,
  labelFile: string,
  options: EvaluateOptions,
  context: CommandContext,
): Promise<ScoredPart> {
  const saved = hasRecipeOptions(options) ? undefined : await recipeBeside(labelFile);
  const metrics = await metricsBeside(labelFile);
  const input = await loadInput(source, options, context, {
    recipe: isDatasetName(source) ? undefined : saved,
    defaults: metrics && savedReading(metrics),
  });
  return { points: partOf(input, options.split), table: input.table };
}

/** The points in parts, when they would take more memory than the command may. */
async function partsToScore(
  source: string,
  labelFile: string,
  options: EvaluateOptions,
  context: CommandContext,
): Promise<PartedInput | undefined> {
  const saved = hasRecipeOptions(options) ? undefined : await recipeBeside(labelFile);
  const metrics = await metricsBeside(labelFile);
  const plan = {
    takesArrays: takesArrays(saved),
    recipe: saved && (() => saved),
    weights: false,
    output: join(tmpdir(), 'points'),
  };
  const reading = (metrics && savedReading(metrics)) ?? {};
  return partedSource(source, { ...reading, ...options }, plan, context);
}

/**
 * The labels of the rows that have points.
 *
 * @throws {ShapeError} when there is not one label per row
 */
function labelsOfPoints(labels: Labels, { table }: ScoredPart, file: string): Labels {
  if (table === undefined) return labels;
  const { rows, table: all } = table;
  if (labels.length !== all.rows) {
    throw new ShapeError(`${file} has ${labels.length} labels, but ${all.name} has ${all.rows} rows.`);
  }
  return rows.length === all.rows ? labels : Array.from(rows, (row) => Number(labels[row]));
}

/** The classes in the order of the labels, when both files name their rows. */
function classesInOrder(classes: LabelFile, labels: LabelFile, { stderr }: CommandContext): Labels {
  const order = orderByIds(classes, labels);
  if (order === undefined) {
    const named = [classes, labels].filter(({ ids }) => ids !== undefined);
    if (named.length === 1) {
      stderr(
        `The rows are matched by their order: only one of the files has "${named[0].ids?.column ?? 'id'}".`,
      );
    }
    return classes.labels;
  }
  stderr(`The rows are matched by "${classes.ids?.column ?? 'id'}".`);
  return Array.from(order, (row) => Number(classes.labels[row]));
}

async function internalScores(
  points: Matrix,
  labels: Labels,
  { sample, seed, dbcv }: Pick<EvaluateOptions, 'sample' | 'seed' | 'dbcv'>,
  { signal, progress: onProgress }: CommandContext,
): Promise<InternalScores> {
  const reasons = new Set<string>();
  const tried = async <T>(score: Promise<T>): Promise<T | undefined> => {
    try {
      return await score;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      reasons.add(error.message);
      return undefined;
    }
  };
  const noise = countWithoutCluster(labels);
  const sampleSize = Math.min(sample, points.rows - noise);
  const silhouette = await tried(silhouetteScore(points, labels, { sampleSize, seed, signal, onProgress }));
  const spread = await tried(scoreSpread(points, labels, { signal }));
  const density = dbcv ? await tried(densityValidity(points, labels, { signal })) : undefined;
  return {
    silhouette: silhouette ?? null,
    silhouetteSample: sampleSize,
    calinskiHarabasz: spread?.calinskiHarabasz ?? null,
    daviesBouldin: spread?.daviesBouldin ?? null,
    ...(dbcv && { dbcv: density?.score ?? null }),
    ...(noise > 0 && { noise: noise / points.rows }),
    ...(reasons.size > 0 && { leftOut: [...reasons] }),
  };
}

function evaluationText(
  { external, internal, withoutCluster }: Evaluation,
  classNames: readonly string[] = [],
): string {
  const sections: string[] = [];
  if (external !== undefined) {
    sections.push(
      plainTable(['against the classes', ''], scoreRows(external)),
      confusionTable(external.confusion, (label) => className(label, classNames)),
    );
  }
  if (internal !== undefined) {
    sections.push(
      plainTable(
        ['against the points', ''],
        [
          [`silhouette (${internal.silhouetteSample} points)`, fixed(internal.silhouette, 4)],
          ['Calinski-Harabasz', fixed(internal.calinskiHarabasz, 1)],
          ['Davies-Bouldin', fixed(internal.daviesBouldin, 4)],
          ...(internal.dbcv === undefined ? [] : [['DBCV', fixed(internal.dbcv, 4)]]),
        ],
      ),
      ...(internal.leftOut ?? []).map((reason) => indent(reason)),
    );
  }
  if (withoutCluster !== undefined) {
    const share = internal?.noise === undefined ? '' : `, ${(100 * internal.noise).toFixed(1)} % of all`;
    sections.push(
      indent(
        `${withoutCluster.toLocaleString('en')} points have no cluster (-1)${share}. Against the classes they count as one label, and as ` +
          'wrong in the accuracy; against the points they are left out, except that DBCV counts them as 0.',
      ),
    );
  }
  return sections.join('\n\n');
}

function fixed(score: number | null, digits: number): string {
  return score?.toFixed(digits) ?? 'left out';
}

function className(label: string | number, names: readonly string[]): string {
  return (typeof label === 'number' ? names[label] : undefined) ?? String(label);
}
