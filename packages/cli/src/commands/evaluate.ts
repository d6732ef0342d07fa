import {
  calinskiHarabaszIndex,
  clusteringReport,
  daviesBouldinIndex,
  silhouetteScore,
  type ClusteringReport,
} from '@shoal/core';
import { readLabelsFile } from '@shoal/data/node';
import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../exit-codes.ts';
import { accessing } from '../file-errors.ts';
import { loadInput, partOf, type InputOptions } from '../input.ts';
import { addInputOptions, commonOptions, wholeNumber } from '../options.ts';
import { plainTable } from '../output/tables.ts';
import { scoreRows } from '../output/score-rows.ts';

interface EvaluateOptions extends InputOptions {
  readonly classes?: string;
  readonly data?: string;
  readonly split: 'train' | 'test';
  readonly sample: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** What `evaluate --json` prints: external scores where classes are given, internal ones where points are. */
interface Evaluation {
  external?: ClusteringReport;
  internal?: {
    silhouette: number;
    silhouetteSample: number;
    calinskiHarabasz: number;
    daviesBouldin: number;
  };
}

/** `shoal evaluate`: scores labels against classes, against the points themselves, or both. */
export function addEvaluate(program: Command, context: CommandContext): void {
  const command = program
    .command('evaluate')
    .summary('score cluster labels')
    .description(
      'Scores the labels in a file (NPY, IDX or one-column CSV; a run folder holds labels.npy).\n' +
        'Against classes: accuracy under the best matching, purity, NMI, AMI, ARI, V-measure, confusion matrix.\n' +
        'Against the points: silhouette (on a sample), Calinski-Harabasz, Davies-Bouldin.',
    )
    .argument('<labels>', 'file of cluster labels')
    .option('--classes <file>', 'file of true classes')
    .option('--data <source>', 'dataset name or points file; its classes are used unless --classes is given')
    .addOption(commonOptions.split('train'))
    .option('--sample <n>', 'points the silhouette is computed on', wholeNumber('--sample', 2), 10_000);
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
  const { signal, progress: onProgress } = context;
  if (options.classes === undefined && options.data === undefined) {
    throw new UsageError('Nothing to score against: give --classes FILE, --data SOURCE, or both.');
  }
  const labels = await accessing(file, readLabelsFile(file, { signal }));
  const input = options.data === undefined ? undefined : await loadInput(options.data, options, context);
  const part = input && partOf(input, options.split);
  const classes =
    options.classes === undefined
      ? part?.labels
      : await accessing(options.classes, readLabelsFile(options.classes, { signal }));
  const result: Evaluation = {};
  if (classes !== undefined) result.external = clusteringReport(classes, labels);
  if (part !== undefined) {
    const { points } = part;
    const sampleSize = Math.min(options.sample, points.rows);
    result.internal = {
      silhouette: await silhouetteScore(points, labels, {
        sampleSize,
        seed: options.seed,
        signal,
        onProgress,
      }),
      silhouetteSample: sampleSize,
      calinskiHarabasz: calinskiHarabaszIndex(points, labels),
      daviesBouldin: daviesBouldinIndex(points, labels),
    };
    context.endProgress();
  }
  context.stdout(
    options.json ? JSON.stringify(result, undefined, 2) : evaluationText(result, part?.classNames),
  );
}

function evaluationText({ external, internal }: Evaluation, classNames: readonly string[] = []): string {
  const sections: string[] = [];
  if (external !== undefined) {
    const { confusion } = external;
    sections.push(
      plainTable(['against the classes', ''], scoreRows(external)),
      plainTable(
        ['class \\ cluster', ...confusion.clusters.map((cluster) => String(cluster ?? ''))],
        confusion.counts.map((counts, i) => [
          className(confusion.classes[i], classNames),
          ...counts.map(String),
        ]),
      ),
    );
  }
  if (internal !== undefined) {
    sections.push(
      plainTable(
        ['against the points', ''],
        [
          [`silhouette (${internal.silhouetteSample} points)`, internal.silhouette.toFixed(4)],
          ['Calinski-Harabasz', internal.calinskiHarabasz.toFixed(1)],
          ['Davies-Bouldin', internal.daviesBouldin.toFixed(4)],
        ],
      ),
    );
  }
  return sections.join('\n\n');
}

function className(label: string | number, names: readonly string[]): string {
  return (typeof label === 'number' ? names[label] : undefined) ?? String(label);
}
