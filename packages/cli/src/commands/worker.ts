import { Option, type Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { positive, commonOptions } from '../options.ts';
import { defaultMemory, memoryOption } from '../parts/memory.ts';
import { redisAddress, REDIS_VARIABLE } from '../parts/redis-address.ts';
import { VERSION } from '../version.ts';

interface WorkerCommandOptions {
  readonly redis?: string;
  readonly prefix?: string;
  readonly memory?: number;
  readonly threads?: number;
  readonly adapter?: string;
  readonly lostAfter?: number;
}

/** `shoal worker`: works for fits of other machines. */
export function addWorker(program: Command, context: CommandContext): void {
  program
    .command('worker')
    .summary('work for fits that are started on other machines')
    .description(
      'Waits for fits with --workers, reads parts of their points, and computes with them, until Ctrl-C.\n' +
        'The points must be at the same path or address here as where the fit is started.',
    )
    .option(
      '--redis <url>',
      `Redis or Valkey, with password, such as rediss://:password@queue:6379 (default: ${REDIS_VARIABLE} of the environment)`,
    )
    .addOption(prefixOption())
    .addOption(memoryOption('memory for parts that stay, such as 4GB (default: half of the machine)'))
    .addOption(commonOptions.threads())
    .addOption(commonOptions.adapter())
    .addOption(
      new Option(
        '--lost-after <seconds>',
        'a worker that does not answer for so long is taken for lost, and others do its work (default: 6)',
      ).argParser(positive('--lost-after')),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal worker --redis redis://queue:6379\n' +
        '  $ SHOAL_REDIS=rediss://:secret@queue:6379 shoal worker --memory 24GB\n',
    )
    .action(async ({ redis, memory = defaultMemory(), ...options }: WorkerCommandOptions) => {
      const { runWorker } = await import('@shoal/workers');
      const { signal, stderr } = context;
      const url = redisAddress('--redis', redis);
      await runWorker({ ...options, url, memory, version: VERSION, signal, onNote: stderr });
    });
}

/** `--prefix` of the commands that use Redis. */
export function prefixOption(): Option {
  return new Option('--prefix <text>', 'workers: what the keys in Redis start with (default: shoal)');
}
