import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { absent } from './absent.ts';
import { removeLeftovers, temporarySibling } from './leftovers.ts';
import { piecesOf, syncFolder, writeSynced, type WritableContent } from './sync.ts';
import { whereItLies } from './where-it-lies.ts';

/**
 * Writes a file so that readers see the old content or the new, never half of it, and creates its folder. When writing
 * fails or is aborted, nothing is left behind. Through a link, its target is written; a device or a pipe gets the
 * content directly.
 *
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function writeFileAtomic(
  path: string,
  content: WritableContent,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const found = await stat(path).catch(absent);
  if (found && !found.isFile() && !found.isDirectory()) await writeFile(path, piecesOf(content), { signal });
  else await replaceFile(path, (temporary) => writeSynced(temporary, content, signal));
}

/** Lets `write` fill a temporary file, then renames it to `path`; removes it when `write` rejects. */
export async function replaceFile(
  path: string,
  write: (temporary: string) => Promise<unknown>,
): Promise<void> {
  const target = await whereItLies(path);
  await mkdir(dirname(target), { recursive: true });
  await removeLeftovers(target);
  const temporary = temporarySibling(target);
  try {
    await write(temporary);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
}
