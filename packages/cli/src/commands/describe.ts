import type { Command } from 'commander';
import { profileText } from '@shoal/tables';
import type { CommandContext } from '../context.ts';
import { recoverInput } from '../output-folder.ts';
import { readProfiles } from '../tables/profiles-file.ts';
import { commonOptions } from '../options.ts';

/** `shoal describe`: what each cluster of a run is. */
export function addDescribe(program: Command, context: CommandContext): void {
  program
    .command('describe')
    .summary('say what each cluster of a run is')
    .description('Prints what sets each cluster of a table apart, as `shoal fit` found it.')
    .argument('<run>', 'run folder that `shoal fit` wrote')
    .addOption(commonOptions.json())
    .addHelpText('after', '\nExamples:\n  $ shoal describe run\n')
    .action(async (run: string, { json }: { readonly json?: boolean }) => {
      await recoverInput(run, context);
      const profiles = await readProfiles(run);
      context.stdout(
        json ? JSON.stringify(profiles, undefined, 2) : profileText(profiles, { width: context.width }),
      );
    });
}
