import { dirname } from 'node:path';
import {
  countWithoutCluster,
  DataError,
  scoreClustering,
  scoreSpread,
  silhouetteScore,
  type ClusteringReport,
  type Labels,
  type Matrix,
} from '@shoal/core';
import { readLabelsFile } from '@shoal/data/node';
import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../exit-codes.ts';
import { accessing } from '../file-errors.ts';
import { loadInput, partOf, readOptionsOf, type InputOptions } from '../input.ts';
import { addInputOptions, commonOptions, SOURCE_HELP, wholeNumber } from '../options.ts';
import { recoverInput } from '../output-folder.ts';
import { confusionTable } from '../output/confusion-table.ts';
import { indent, plainTable } from '../output/tables.ts';
import { scoreRows } from '../output/score-rows.ts';
import { rejectGiven } from '../reject-given.ts';

interface EvaluateOptions extends InputOptions {
  readonly classes?: string;
  readonly data?: string;
  readonly split: 'train' | 'test';
  readonly sample: number;
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

/** A score is null when these labels have none; `leftOut` says why. */
interface InternalScores {
  readonly silhouette: number | null;
  readonly silhouetteSample: number;
  readonly calinskiHarabasz: number | null;
  readonly daviesBouldin: number | null;
  readonly leftOut?: readonly string[];
}

/** `shoal evaluate`: scores labels against classes, against the points themselves, or both. */
export function addEvaluate(program: Command, context: CommandContext): void {
  const command = program
    .command('evaluate')
    .summary('score cluster labels')
    .description(
      'Scores the labels in a file: a one-dimensional array, or a column of text; a run folder holds labels.npy.\n' +
        'The label -1 means no cluster.\n' +
        'Against classes: accuracy under the best matching, purity, NMI, AMI, ARI, V-measure, confusion matrix.\n' +
        'Against the points: silhouette (on a sample), Calinski-Harabasz, Davies-Bouldin.',
    )
    .argument('<labels>', 'file of cluster labels')
    .option('--classes <file>', 'file of true classes')
    .option('--data <source>', `${SOURCE_HELP}; its classes are used unless --classes is given`)
    .addOption(commonOptions.split('train'))
    .option('--sample <n>', 'number of points for the silhouette', wholeNumber('--sample', 2), 10_000);
  addInputOptions(command)
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

async function evaluate(file: string, options: EvaluateOptions, context: CommandContext): Promise<void> {
  const { signal } = context;
  const { maxBytes } = options;
  if (options.classes === undefined && options.data === undefined) {
    throw new UsageError('Nothing to score against: give --classes FILE, --data SOURCE, or both.');
  }
  if (options.data === undefined) {
    const { size, dataDir } = options;
    rejectGiven('evaluate without --data', {
      ...readOptionsOf(options),
      '--size': size,
      '--data-dir': dataDir,
    });
  }
  await recoverInput(dirname(file), context);
  const labels = await accessing(file, readLabelsFile(file, { maxBytes, signal }));
  const input = options.data === undefined ? undefined : await loadInput(options.data, options, context);
  const part = input && partOf(input, options.split);
  const classes =
    options.classes === undefined
      ? part?.labels
      : await accessing(options.classes, readLabelsFile(options.classes, { maxBytes, signal }));
  const result: Evaluation = {};
  const withoutCluster = countWithoutCluster(labels);
  if (withoutCluster > 0) result.withoutCluster = withoutCluster;
  if (classes !== undefined) result.external = await scoreClustering(classes, labels, { signal });
  if (part !== undefined) {
    result.internal = await internalScores(
      part.points,
      labels,
      options,
      context,
      result.external !== undefined,
    );
    context.endProgress();
  }
  context.stdout(
    options.json ? JSON.stringify(result, undefined, 2) : evaluationText(result, part?.classNames),
  );
}

/** @param mayLack whether there are other scores; then these may be left out */
async function internalScores(
  points: Matrix,
  labels: Labels,
  { sample, seed }: Pick<EvaluateOptions, 'sample' | 'seed'>,
  { signal, progress: onProgress }: CommandContext,
  mayLack: boolean,
): Promise<InternalScores> {
  const reasons = new Set<string>();
  const tried = async <T>(score: Promise<T>): Promise<T | undefined> => {
    try {
      return await score;
    } catch (error) {
      if (!mayLack || !(error instanceof DataError)) throw error;
      reasons.add(error.message);
      return undefined;
    }
  };
  const sampleSize = Math.min(sample, points.rows - countWithoutCluster(labels));
  const silhouette = await tried(silhouetteScore(points, labels, { sampleSize, seed, signal, onProgress }));
  const spread = await tried(scoreSpread(points, labels, { signal }));
  return {
    silhouette: silhouette ?? null,
    silhouetteSample: sampleSize,
    calinskiHarabasz: spread?.calinskiHarabasz ?? null,
    daviesBouldin: spread?.daviesBouldin ?? null,
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
        ],
      ),
      ...(internal.leftOut ?? []).map((reason) => indent(reason)),
    );
  }
  if (withoutCluster !== undefined) {
    sections.push(
      indent(
        `${withoutCluster.toLocaleString('en')} points have no cluster (-1). Against the classes they count as one label, and as ` +
          'wrong in the accuracy; against the points they are left out.',
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
