import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { wholeNumber } from '../options.ts';
import type { ViewOptions } from '../view/view-run.ts';

/** `shoal view`: shows a run folder in a browser. */
export function addView(program: Command, context: CommandContext): void {
  program
    .command('view')
    .summary('look at a run folder in a browser, or at two side by side')
    .description(
      'Serves the run folder, read-only and only to this machine, prints the address and opens a browser.\n' +
        'With --edit, names that clusters get on the page are written into the run, as by shoal name.\n' +
        'The tab Runs of the page clusters the shown rows anew, and compares the result; nothing of that is kept.\n' +
        'With two runs of the same rows it shows both, and what moved from one to the other.\n' +
        'Ends with Ctrl-C.',
    )
    .argument('<run>', 'run folder that `shoal fit` wrote, or the folder of `shoal reproduce`')
    .argument('[second]', 'another run of the same rows, to compare')
    .option('--port <n>', 'port to listen at (default: any free one)', wholeNumber('--port', 1, 65_535), 0)
    .option('--no-open', 'print the address, but do not open a browser')
    .option('--edit', 'keep the names that are given on the page in the run folder', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal view run\n  $ shoal view run --edit\n  $ shoal view run other-run\n  $ shoal view reproduction --no-open --port 8000\n',
    )
    .action(async (run: string, second: string | undefined, options: ViewOptions) => {
      const { viewRun } = await import('../view/view-run.ts');
      await viewRun(run, second, options, context);
    });
}
