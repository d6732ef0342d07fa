import { FolderExistsError } from '@shoal/data';
import { checkReplaceable, checkWritable } from '@shoal/data/node';
import { UsageError } from './exit-codes.ts';
import { accessing } from './file-errors.ts';

/**
 * Says before the work, not after it, that a folder cannot be written.
 *
 * @param marker the file by which a folder of its kind is known, and may be replaced
 * @throws {UsageError} when the folder is there and may not be replaced, or nothing can be written there
 * @throws {InvalidArgumentError} when the path is empty, a link that leads nowhere, or a mount point
 */
export async function checkOutputFolder(folder: string, replace: boolean, marker: string): Promise<void> {
  await refuseExisting(folder, replace, marker);
  await accessing(folder, checkWritable(folder));
}

async function refuseExisting(folder: string, replace: boolean, marker: string): Promise<void> {
  try {
    await accessing(folder, checkReplaceable(folder, { replace, marker }));
  } catch (error) {
    if (replace || !(error instanceof FolderExistsError)) throw error;
    // What is of another kind, --force would not replace either: then this says what is there.
    await refuseExisting(folder, true, marker);
    throw new UsageError(
      `The folder ${folder} is there already; choose another with --output, or replace it with --force.`,
    );
  }
}
