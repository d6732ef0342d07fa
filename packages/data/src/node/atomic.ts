import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InvalidArgumentError } from '@shoal/core';
import { FolderExistsError } from '../errors.ts';

/** Contents of a folder: bytes or text by file name. */
export type FolderFiles = Readonly<Record<string, Uint8Array | string>>;

export interface FolderOptions {
  /** Whether a folder that is there already may be replaced (default false). An empty folder always may. */
  readonly replace?: boolean | undefined;
  /** Name of a file that a folder must hold to be replaced, so that a mistyped path cannot delete other work. */
  readonly marker: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A name beside `path` for what is being written: a rename within one folder is atomic, a move between disks is not.
 */
function temporarySibling(path: string): string {
  const target = resolve(path);
  // The longest name that a disk takes, 255 bytes as a rule, leaves no room for more.
  const name = basename(target);
  const start = Buffer.byteLength(name) > 200 ? name.slice(0, 60) : name;
  return join(dirname(target), `${start}.tmp-${String(process.pid)}-${randomBytes(4).toString('hex')}`);
}

/**
 * Writes a file so that readers see the old content or the new, never half of it, and creates its folder.
 * When writing fails or is aborted, nothing is left behind.
 *
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function writeFileAtomic(
  path: string,
  content: Uint8Array | string,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  await replaceFile(path, (temporary) => writeFile(temporary, content, { signal: options.signal }));
}

/** Lets `write` fill a temporary file, then renames it to `path`; removes it when `write` rejects. */
export async function replaceFile(
  path: string,
  write: (temporary: string) => Promise<unknown>,
): Promise<void> {
  const temporary = temporarySibling(path);
  await mkdir(dirname(temporary), { recursive: true });
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Writes a whole folder so that it appears complete or not at all: files go to a temporary folder beside it,
 * which is then renamed. A folder that is replaced comes back if the last step fails.
 *
 * @param files by plain file name, without folders
 * @throws {FolderExistsError} when the folder is there and may not be replaced
 * @throws {InvalidArgumentError} when a file name has a path separator
 */
export async function writeFolderAtomic(
  folder: string,
  files: FolderFiles,
  options: FolderOptions,
): Promise<void> {
  const { signal } = options;
  signal?.throwIfAborted();
  const target = resolve(folder);
  const occupied = await checkReplaceable(target, options);
  const temporary = temporarySibling(target);
  const replaced = `${temporary}-old`;
  await mkdir(temporary, { recursive: true });
  try {
    for (const [name, content] of Object.entries(files)) {
      if (/[/\\]/.test(name)) {
        throw new InvalidArgumentError(`A file of a folder needs a plain name; got "${name}".`);
      }
      await writeFile(join(temporary, name), content, { signal });
    }
    signal?.throwIfAborted();
    if (occupied) await rename(target, replaced);
    try {
      await rename(temporary, target);
    } catch (error) {
      if (occupied) await rename(replaced, target);
      throw error;
    }
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  await rm(replaced, { recursive: true, force: true });
}

/**
 * Says early, before a long computation, whether `writeFolderAtomic` would refuse the folder.
 *
 * @returns whether something is there that writing will replace
 * @throws {FolderExistsError} when the folder is there and may not be replaced
 */
export async function checkReplaceable(
  folder: string,
  { replace = false, marker }: FolderOptions,
): Promise<boolean> {
  const found = await stat(folder).catch(absent);
  if (!found) return false;
  if (!found.isDirectory()) {
    throw new FolderExistsError(folder, `${folder} is a file, not a folder. Choose another path.`);
  }
  const names = await readdir(folder);
  if (names.length === 0) return true;
  if (!replace) {
    throw new FolderExistsError(
      folder,
      `The folder ${folder} is there already. Choose another one, or ask to replace it.`,
    );
  }
  if (!names.includes(marker)) {
    throw new FolderExistsError(
      folder,
      `The folder ${folder} has no ${marker}, so it was not written by Shoal and is not replaced. Choose another one.`,
    );
  }
  return true;
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
