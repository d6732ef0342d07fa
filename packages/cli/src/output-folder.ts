import { FolderExistsError } from '@shoal/data';
import {
  checkReplaceable,
  claimFolder,
  recoverFolder,
  type FolderClaim,
  type FolderKind,
  type Recovered,
} from '@shoal/data/node';
import type { CommandContext } from './context.ts';
import { UsageError } from './exit-codes.ts';
import { accessing } from './file-errors.ts';

/** A folder that a command is to write. */
interface WantedFolder {
  readonly folder: string;
  /** Whether an existing folder may be replaced. */
  readonly replace: boolean;
  /** The kind that a folder must have to be replaced. */
  readonly kind: FolderKind;
}

/** The same while it is claimed: no other process writes it. */
export interface OutputFolder extends WantedFolder {
  readonly claim: FolderClaim;
}

/**
 * Checks before the work that a folder can be written, and keeps other processes from writing it until the work has ended.
 *
 * @throws {UsageError} when the folder exists and may not be replaced, or nothing can be written there
 * @throws {FolderBusyError} when another command is writing it
 * @throws {InvalidArgumentError} when the path is empty, a link without a target, a mount point, or the working folder
 * @throws what `work` throws
 */
export async function withOutputFolder(
  wanted: WantedFolder,
  { stderr }: Pick<CommandContext, 'stderr'>,
  work: (output: OutputFolder) => Promise<void>,
): Promise<void> {
  const { folder, kind } = wanted;
  await refuseExisting(wanted);
  const claim = await accessing(folder, claimFolder(folder, { replace: true, kind }));
  try {
    if (claim.recovered !== undefined) {
      stderr(recoveredNote(folder, claim.recovered));
      await refuseExisting(wanted);
    }
    await work({ ...wanted, claim });
  } finally {
    await claim.release();
  }
}

/**
 * Restores a folder whose writer was stopped while it replaced it, and says so.
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

function recoveredNote(folder: string, recovered: Recovered): string {
  return recovered === 'new'
    ? `An earlier command was stopped while it replaced ${folder}. The finished new content is in place now.`
    : `An earlier command was stopped while it replaced ${folder}. The old content is back in place.`;
}

async function refuseExisting({ folder, replace, kind }: WantedFolder): Promise<void> {
  try {
    await accessing(folder, checkReplaceable(folder, { replace, kind }));
  } catch (error) {
    if (replace || !(error instanceof FolderExistsError)) throw error;
    // --force would not replace a folder of another kind either: this call then gives the reason.
    await refuseExisting({ folder, replace: true, kind });
    throw new UsageError(
      `The folder ${folder} exists already; choose another with --output, or replace it with --force.`,
    );
  }
}
