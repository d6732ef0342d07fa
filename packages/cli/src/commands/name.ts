import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { wholeNumber } from '../options.ts';
import { MAX_NAME, nameCluster } from '../tables/name-cluster.ts';

/** `shoal name`: names a cluster of a run. */
export function addName(program: Command, context: CommandContext): void {
  program
    .command('name')
    .summary('name a cluster of a run')
    .description('Names a cluster in the run folder: in its profiles, its viewer and its report.')
    .argument('<run>', 'run folder that `shoal fit` wrote')
    .argument('<cluster>', 'number of the cluster', wholeNumber('The cluster'))
    .argument('<name>', `the name, at most ${MAX_NAME} characters`)
    .addHelpText('after', '\nExamples:\n  $ shoal name run 2 "Gentoo"\n')
    .action(async (run: string, cluster: number, name: string) => {
      const { before } = await nameCluster(run, cluster, name.trim(), context);
      context.stderr(`Cluster ${cluster} of ${run} is called "${name.trim()}" now; it was "${before}".`);
    });
}
