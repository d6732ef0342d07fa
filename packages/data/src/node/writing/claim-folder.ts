import { mkdir, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkWritable } from './check-writable.ts';
import { checkReplaceable, type ReplaceOptions } from './folder-kind.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { clearLeftovers, type Recovered } from './recover-folder.ts';
import { whereItLies } from './where-it-lies.ts';

/** A folder that will be written, and that no other process writes until it is released. */
export interface FolderClaim extends FolderLock {
  /** What was restored after a writer was stopped. */
  readonly recovered: Recovered | undefined;
}

/**
 * Claims a folder before a long computation: checks that it can be written, and keeps all other processes from writing
 * it until the claim is released. Remains of a stopped process beside it are removed.
 *
 * @throws {FolderExistsError} when the folder exists and may not be replaced
 * @throws {FolderBusyError} when another process is writing it, or is computing what it will write
 * @throws {InvalidArgumentError} when the path is empty, a link without a target, a mount point, or the working folder
 * @throws the file system's error: permission is denied, the disk is read-only, a name is too long, a part is a file
 */
export async function claimFolder(folder: string, options: ReplaceOptions): Promise<FolderClaim> {
  await checkWritable(folder);
  const target = await whereItLies(folder);
  const made = await mkdir(dirname(target), { recursive: true });
  let lock: FolderLock | undefined;
  const release = async (): Promise<void> => {
    await lock?.release();
    if (made !== undefined) await removeEmpty(dirname(target), made);
  };
  try {
    lock = await lockFolder(target);
    const recovered = await clearLeftovers(target);
    await checkReplaceable(target, options);
    return { folder: target, recovered, release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Removes the parent folders that were created for a folder that was not written in the end. */
async function removeEmpty(from: string, last: string): Promise<void> {
  for (let path = from; ; path = dirname(path)) {
    try {
      await rmdir(path);
    } catch {
      return;
    }
    if (path === last) return;
  }
}
