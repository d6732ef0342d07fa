import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { commonOptions, wholeNumber } from '../options.ts';
import { rejectGiven } from '../reject-given.ts';
import type { ReproduceOptions } from '../reproduce/reproduce-options.ts';

interface AllOptions {
  readonly all?: boolean;
  readonly methods?: readonly string[];
}

/** `shoal reproduce`: the study's three tasks beside the study's own numbers. */
export function addReproduce(program: Command, context: CommandContext): void {
  program
    .command('reproduce')
    .summary("run the report's three clusterings beside its own figures")
    .description(
      'Clusters Fashion-MNIST by k-means on pixels, autoencoder + k-means and autoencoder + Gaussian mixture,\n' +
        "once with the report's settings and once with Shoal's, and prints every metric beside the report's figures.\n" +
        'Falls back to the built-in garments when Fashion-MNIST is not available, and says so. Writes a report to look at.',
    )
    .option('--all', 'run every method of Shoal instead, in one table beside published figures')
    .option('--methods <names>', 'with --all: only these', (text: string) => text.split(','))
    .option('--seeds <n>', 'run this many seeds and give mean and spread', wholeNumber('--seeds', 1), 1)
    .option('--dataset <name>', 'use only fashion-mnist or garments')
    .option(
      '--limit <n>',
      'use only the first n training (and n / 6 test) images',
      wholeNumber('--limit', 60),
    )
    .option('-o, --output <folder>', 'folder for the report (default: reproduction, or reproduction-all)')
    .option('--force', 'replace the folder if it exists')
    .option('--no-report', 'do not write a report')
    .addOption(commonOptions.engine())
    .addOption(commonOptions.adapter())
    .addOption(commonOptions.arithmetic())
    .addOption(commonOptions.seed())
    .addOption(commonOptions.dataDir())
    .addOption(commonOptions.noDownload())
    .addOption(commonOptions.json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal reproduce\n  $ shoal reproduce --seeds 3 --json > reproduction.json\n' +
        '  $ shoal reproduce --all --seeds 3 --methods umap-gmm,n2d+gradients\n' +
        '  $ shoal reproduce --dataset garments --engine reference --limit 3000\n',
    )
    .action(async (options: ReproduceOptions & AllOptions) => {
      if (options.all) {
        const { reproduceAll } = await import('../reproduce/all/reproduce-all.ts');
        await reproduceAll(options, context);
        return;
      }
      rejectGiven('reproduce without --all', { '--methods': options.methods });
      // Loading TensorFlow.js takes longer than most commands.
      const { reproduce } = await import('../reproduce/reproduce.ts');
      await reproduce(options, context);
    });
}
