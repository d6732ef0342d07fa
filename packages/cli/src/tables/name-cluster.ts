import type { CommandContext } from '../context.ts';
import { UsageError } from '../exit-codes.ts';
import { recoverInput } from '../output-folder.ts';
import { readProfiles, writeProfiles } from './profiles-file.ts';

/** Greatest number of characters of a name: it has to fit into a legend. */
export const MAX_NAME = 60;

/**
 * Names a cluster in a run folder: in its profiles, its viewer and its report.
 *
 * @returns the name that it had
 * @throws {UsageError} when the name is empty, too long, taken or of several lines, or the run has no such cluster or no profiles
 */
export async function nameCluster(
  run: string,
  cluster: number,
  name: string,
  context: CommandContext,
): Promise<{ readonly before: string }> {
  const { signal } = context;
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
  return { before: named.name };
}
