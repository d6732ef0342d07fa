import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { InvalidArgumentError } from '@shoal/core';
import { FolderExistsError } from '../../errors.ts';
import { isJsonObject, parseJson } from '../../formats/json.ts';
import { absent } from './absent.ts';

/** How a folder written by Shoal is recognized by its content, so that a mistyped path cannot delete other work. */
export interface FolderKind {
  /** Name of a JSON file that every such folder has. */
  readonly file: string;
  /** Value of its member `format`. */
  readonly format: string;
}

export interface ReplaceOptions {
  /** Whether an existing folder may be replaced (default false). An empty folder always may. */
  readonly replace?: boolean | undefined;
  /** The kind that a folder must have to be replaced. */
  readonly kind: FolderKind;
}

/** Greatest size of a file that describes a folder; a larger one is something else. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Checks before a long computation whether `writeFolderAtomic` would refuse the folder.
 *
 * @returns whether writing will replace something
 * @throws {FolderExistsError} when the folder exists and may not be replaced
 * @throws {InvalidArgumentError} when it is the working folder, or contains the working folder
 */
export async function checkReplaceable(
  folder: string,
  { replace = false, kind }: ReplaceOptions,
): Promise<boolean> {
  const found = await stat(folder).catch(absent);
  if (!found) return false;
  if (!found.isDirectory()) {
    throw new FolderExistsError(folder, `${folder} is a file, not a folder. Choose another path.`);
  }
  const names = await readdir(folder);
  if (names.length > 0 && !replace) {
    throw new FolderExistsError(
      folder,
      `The folder ${folder} exists already. Choose another one, or ask to replace it.`,
    );
  }
  if (names.length > 0 && !(await isOfKind(folder, kind))) {
    throw new FolderExistsError(
      folder,
      `The folder ${folder} has no ${kind.file} of Shoal, so Shoal did not write it and does not replace it. ` +
        'Choose another one.',
    );
  }
  if (await isWorkedIn(folder)) {
    throw new InvalidArgumentError(
      `The folder ${folder} is the working folder, or contains it. It would look empty to programs that work in it after it was ` +
        `replaced. Choose a folder in it, such as ${join(folder, 'run')}, or work from elsewhere.`,
    );
  }
  return true;
}

async function isOfKind(folder: string, { file, format }: FolderKind): Promise<boolean> {
  const path = join(folder, file);
  const found = await stat(path).catch(absent);
  if (!found?.isFile() || found.size > MAX_BYTES) return false;
  try {
    const value = parseJson(await readFile(path, 'utf8'), path);
    return isJsonObject(value) && value['format'] === format;
  } catch {
    return false;
  }
}

/** Whether the working folder is this folder, or inside it. */
async function isWorkedIn(folder: string): Promise<boolean> {
  let work: string;
  try {
    work = await realpath(process.cwd());
  } catch {
    // The working folder has been removed.
    return false;
  }
  const path = relative(await realpath(folder), work);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
