import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../exit-codes.ts';
import { wholeNumber } from '../options.ts';
import { recoverInput } from '../output-folder.ts';
import { readProfiles, writeProfiles } from '../tables/profiles-file.ts';

/** Greatest number of characters of a name: it has to fit into a legend. */
const MAX_NAME = 60;

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
      await nameCluster(run, cluster, name.trim(), context);
    });
}

async function nameCluster(
  run: string,
  cluster: number,
  name: string,
  context: CommandContext,
): Promise<void> {
  const { signal, stderr } = context;
  if (name === '' || name.length > MAX_NAME) {
    throw new UsageError(`A name has 1 to ${MAX_NAME} characters; got ${name.length}.`);
  }
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) {
    throw new UsageError(
      `A name is one line of text; got ${JSON.stringify(name)}. Leave out line breaks, tabs and other control characters.`,
    );
  }
  await recoverInput(run, context);
  const profiles = await readProfiles(run);
  const named = profiles.clusters.find((profile) => profile.cluster === cluster);
  if (named === undefined) {
    throw new UsageError(`"${run}" has clusters 0 to ${profiles.clusters.length - 1}; got ${cluster}.`);
  }
  const taken = profiles.clusters.find((profile) => profile !== named && profile.name === name);
  if (taken !== undefined) {
    throw new UsageError(`Cluster ${taken.cluster} is called "${name}" already. Give another name.`);
  }
  const clusters = profiles.clusters.map((profile) => (profile === named ? { ...profile, name } : profile));
  const renamed = { ...profiles, clusters };
  await writeProfiles(run, renamed, signal);
  const { renameInPages } = await import('../report/rename-clusters.ts');
  await renameInPages(run, renamed, context);
  stderr(`Cluster ${cluster} of ${run} is called "${name}" now; it was "${named.name}".`);
}
