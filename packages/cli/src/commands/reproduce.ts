import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { commonOptions, wholeNumber } from '../options.ts';
import { rejectGiven } from '../reject-given.ts';
import type { ReproduceOptions } from '../reproduce/reproduce.ts';

interface AllOptions {
  readonly all?: boolean;
  readonly methods?: readonly string[];
}

/** `shoal reproduce`: the report's three tasks beside the report's own figures. */
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
    .option('--seeds <n>', 'run that many seeds and give mean and spread', wholeNumber('--seeds', 1), 1)
    .option('--dataset <name>', 'insist on fashion-mnist or garments')
    .option(
      '--limit <n>',
      'use only the first n training (and n / 6 test) images',
      wholeNumber('--limit', 60),
    )
    .option('-o, --output <folder>', 'folder for the report (default: reproduction, or reproduction-all)')
    .option('--force', 'replace the folder when it exists')
    .option('--no-report', 'write nothing')
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
      // TensorFlow.js takes longer to load than most commands take to run.
      const { reproduce } = await import('../reproduce/reproduce.ts');
      await reproduce(options, context);
    });
}
