import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InvalidArgumentError } from '@shoal/core';
import { checkReplaceable, type ReplaceOptions } from './folder-kind.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { temporarySibling } from './leftovers.ts';
import { clearLeftovers } from './recover-folder.ts';
import { syncFolder, writeSynced } from './sync.ts';
import { whereItLies } from './where-it-lies.ts';

/** Contents of a folder: bytes or text by file name. */
export type FolderFiles = Readonly<Record<string, Uint8Array | string>>;

export interface FolderOptions extends ReplaceOptions {
  readonly signal?: AbortSignal | undefined;
  /** The claim on the folder, from `claimFolder`, if the caller has one. Without it, this waits for another writer. */
  readonly lock?: FolderLock | undefined;
}

/** How long to wait for another writer of the same folder, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Writes a whole folder so that it appears complete or not at all, also when the machine fails: files go to a temporary
 * folder beside it, which is then renamed. A folder that is replaced comes back if the last step fails; if the process is
 * killed at that moment, the next reader or writer of the folder finds the new one. Through a link, the folder that it
 * leads to is replaced.
 *
 * @param files by plain file name, without folders
 * @throws {FolderExistsError} when the folder exists and may not be replaced
 * @throws {FolderBusyError} when another process is still writing it after 10 seconds
 * @throws {InvalidArgumentError} when a file name has a path separator, or the folder is the working folder
 */
export async function writeFolderAtomic(
  folder: string,
  files: FolderFiles,
  options: FolderOptions,
): Promise<void> {
  const { signal } = options;
  signal?.throwIfAborted();
  for (const name of Object.keys(files)) {
    if (/[/\\]/.test(name))
      throw new InvalidArgumentError(`A file of a folder needs a plain name; got "${name}".`);
  }
  const target = await whereItLies(folder);
  await mkdir(dirname(target), { recursive: true });
  const lock = options.lock ?? (await lockFolder(target, { patience: PATIENCE, signal }));
  try {
    await clearLeftovers(target);
    await replaceFolder(target, files, options);
  } finally {
    if (lock !== options.lock) await lock.release();
  }
}

async function replaceFolder(target: string, files: FolderFiles, options: FolderOptions): Promise<void> {
  const { signal } = options;
  const isOccupied = await checkReplaceable(target, options);
  const temporary = temporarySibling(target);
  const replaced = `${temporary}-old`;
  try {
    await mkdir(temporary);
    for (const [name, content] of Object.entries(files)) {
      await writeSynced(join(temporary, name), content, signal);
    }
    await syncFolder(temporary);
    signal?.throwIfAborted();
    if (isOccupied) await rename(target, replaced);
    try {
      await rename(temporary, target);
    } catch (error) {
      if (isOccupied) await rename(replaced, target);
      throw error;
    }
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  await syncFolder(dirname(target));
  await rm(replaced, { recursive: true, force: true });
}
