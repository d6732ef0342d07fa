import type { Command } from 'commander';
import { loadImages } from '../reproduce/load-images.ts';
import type { CommandContext } from '../context.ts';
import { openEngine, type EngineName } from '../engines.ts';
import { commonOptions, wholeNumber } from '../options.ts';
import { COLUMN_NAMES } from '../reproduce/columns.ts';
import { reportText } from '../reproduce/report-text.ts';
import { runColumns } from '../reproduce/run-columns.ts';
import { summarise } from '../reproduce/summary.ts';

interface ReproduceOptions {
  readonly engine: EngineName;
  readonly adapter?: string;
  readonly seed: number;
  readonly seeds: number;
  readonly dataset?: 'fashion-mnist' | 'garments';
  readonly limit?: number;
  readonly dataDir?: string;
  readonly download: boolean;
  readonly json?: boolean;
}

/** `shoal reproduce`: the report's three tasks beside the report's own figures. */
export function addReproduce(program: Command, context: CommandContext): void {
  program
    .command('reproduce')
    .summary("run the report's three clusterings beside its own figures")
    .description(
      'Clusters Fashion-MNIST by k-means on pixels, autoencoder + k-means and autoencoder + Gaussian mixture,\n' +
        "once with the report's settings and once with Shoal's, and prints every metric beside the report's figures.\n" +
        'Falls back to the built-in garments when Fashion-MNIST cannot be had, and says so.',
    )
    .option('--seeds <n>', 'run that many seeds and give mean and spread', wholeNumber('--seeds', 1), 1)
    .option('--dataset <name>', 'insist on fashion-mnist or garments')
    .option(
      '--limit <n>',
      'use only the first n training (and n / 6 test) images',
      wholeNumber('--limit', 60),
    )
    .addOption(commonOptions.engine())
    .addOption(commonOptions.adapter())
    .addOption(commonOptions.seed())
    .addOption(commonOptions.dataDir())
    .addOption(commonOptions.noDownload())
    .addOption(commonOptions.json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal reproduce\n  $ shoal reproduce --seeds 3 --json > reproduction.json\n' +
        '  $ shoal reproduce --dataset garments --engine reference --limit 3000\n',
    )
    .action(async (options: ReproduceOptions) => {
      await reproduce(options, context);
    });
}

async function reproduce(options: ReproduceOptions, context: CommandContext): Promise<void> {
  const { signal } = context;
  const startedAt = performance.now();
  const images = await loadImages(options, context);
  const request = { name: options.engine, adapter: options.adapter };
  const opened = await openEngine(request);
  try {
    context.stderr(opened.reason);
    const jobs = Array.from({ length: options.seeds }, (_, i) => options.seed + i).flatMap((seed) =>
      COLUMN_NAMES.map((column) => ({ column, seed, train: images.train, test: images.test })),
    );
    const runs = await runColumns(jobs, request, opened, signal, context.progress);
    context.endProgress();
    const summary = summarise(runs, {
      dataset: images.name,
      fallback: images.fallback,
      trainImages: images.train.points.rows,
      testImages: images.test.points.rows,
      seconds: (performance.now() - startedAt) / 1000,
    });
    context.stdout(
      options.json ? JSON.stringify(summary, undefined, 2) : reportText(summary, images.classNames),
    );
  } finally {
    opened.destroy();
  }
}
