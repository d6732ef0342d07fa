import { rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { absent } from './absent.ts';
import { lockFolder, type LockOptions } from './folder-lock.ts';
import { leftoversOf } from './leftovers.ts';
import { syncFolder } from './sync.ts';

/**
 * What was put back in the place of a folder whose writer was stopped while replacing it: the `new` content, which was
 * complete, or the `old` one.
 */
export type Recovered = 'new' | 'old';

/**
 * Restores a folder whose writer was stopped, by `kill -9` or a failed machine, after it moved the old one aside and
 * before the new one was in place. Does nothing when the folder exists, or there is nothing to restore.
 *
 * @returns what is there now, if it was restored
 * @throws {FolderBusyError} when another process is writing it right now
 */
export async function recoverFolder(
  folder: string,
  options: LockOptions = {},
): Promise<Recovered | undefined> {
  const target = resolve(folder);
  if (await stat(target).catch(absentOrNoFolder)) return undefined;
  if (!(await stat(dirname(target)).catch(absentOrNoFolder))) return undefined;
  const left = await leftoversOf(target, true);
  if (!left.some(({ old }) => old !== undefined)) return undefined;
  // A running process may be at exactly this point.
  const lock = await lockFolder(target, { patience: 5_000, ...options });
  try {
    return await clearLeftovers(target);
  } finally {
    await lock.release();
  }
}

/**
 * Finishes or undoes what a stopped process started, and removes its remains.
 *
 * @param target the caller must hold its lock
 */
export async function clearLeftovers(target: string): Promise<Recovered | undefined> {
  let recovered: Recovered | undefined;
  for (const { path, old } of await leftoversOf(target, true)) {
    if (old !== undefined && !(await stat(target).catch(absent))) {
      // The old one is moved aside only when the new one is complete.
      const isComplete = (await stat(path).catch(absent)) !== undefined;
      await rename(isComplete ? path : old, target);
      await syncFolder(dirname(target));
      recovered = isComplete ? 'new' : 'old';
    }
    for (const left of [path, old]) {
      if (left !== undefined) await rm(left, { recursive: true, force: true });
    }
  }
  return recovered;
}

function absentOrNoFolder(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOTDIR') absent(error);
}
