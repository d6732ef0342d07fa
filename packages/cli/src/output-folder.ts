import { FolderExistsError } from '@shoal/data';
import {
  checkReplaceable,
  claimFolder,
  recoverFolder,
  type FolderClaim,
  type FolderKind,
} from '@shoal/data/node';
import type { CommandContext } from './context.ts';
import { UsageError } from './exit-codes.ts';
import { accessing } from './file-errors.ts';

/**
 * Says before the work, not after it, that a folder cannot be written, and keeps others from writing it until the claim is
 * released.
 *
 * @param kind what a folder must be to be replaced
 * @throws {UsageError} when the folder is there and may not be replaced, or nothing can be written there
 * @throws {FolderBusyError} when another command is writing it
 * @throws {InvalidArgumentError} when the path is empty, a link that leads nowhere, a mount point, or the working folder
 */
export async function claimOutputFolder(
  folder: string,
  replace: boolean,
  kind: FolderKind,
  { stderr }: Pick<CommandContext, 'stderr'>,
): Promise<FolderClaim> {
  await refuseExisting(folder, replace, kind);
  const claim = await accessing(folder, claimFolder(folder, { replace: true, kind }));
  try {
    if (claim.recovered !== undefined) {
      stderr(recoveredNote(folder, claim.recovered));
      await refuseExisting(folder, replace, kind);
    }
  } catch (error) {
    await claim.release();
    throw error;
  }
  return claim;
}

/**
 * Brings a folder back whose writer was stopped while it replaced it, and says so.
 *
 * @throws {FolderBusyError} when a command is writing it right now
 */
export async function recoverInput(
  folder: string,
  { stderr }: Pick<CommandContext, 'stderr'>,
): Promise<void> {
  const recovered = await recoverFolder(folder);
  if (recovered !== undefined) stderr(recoveredNote(folder, recovered));
}

function recoveredNote(folder: string, recovered: 'new' | 'old'): string {
  return recovered === 'new'
    ? `An earlier command was stopped while it replaced ${folder}. What it had finished is there now.`
    : `An earlier command was stopped while it replaced ${folder}. What was there before is back.`;
}

async function refuseExisting(folder: string, replace: boolean, kind: FolderKind): Promise<void> {
  try {
    await accessing(folder, checkReplaceable(folder, { replace, kind }));
  } catch (error) {
    if (replace || !(error instanceof FolderExistsError)) throw error;
    // What is of another kind, --force would not replace either: then this says what is there.
    await refuseExisting(folder, true, kind);
    throw new UsageError(
      `The folder ${folder} is there already; choose another with --output, or replace it with --force.`,
    );
  }
}
