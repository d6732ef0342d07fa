import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError } from '../errors.ts';
import { FILE_EXTENSIONS } from '../formats/index.ts';
import { unpackedName } from '../formats/unpack.ts';
import { isHttpUrl } from '../sources/url-source.ts';

/** The name that stands for the standard input. */
export const STANDARD_INPUT = '-';

/**
 * The files that a user means: a path, an address, `-` for the standard input; all files of a folder; or those that a pattern
 * like `data/*.csv` matches. A file whose name looks like a pattern is that file.
 *
 * @throws {FormatError} when a folder or a pattern has no files, or a folder has files of several kinds
 */
export async function givenFiles(given: string): Promise<readonly string[]> {
  if (given === STANDARD_INPUT || isHttpUrl(given)) return [given];
  const stats = await stat(given).catch(() => undefined);
  if (stats?.isDirectory() === true) return filesIn(given);
  if (stats !== undefined || !/[*?[{]/.test(given)) return [given];
  const { glob } = await import('tinyglobby');
  const found = await glob(given.replaceAll('\\', '/'), { onlyFiles: true, expandDirectories: false });
  if (found.length === 0) throw new FormatError({ file: given }, 'no file matches this pattern.');
  return found.toSorted(byName);
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  // Other programs leave marks in folders, such as .DS_Store and _SUCCESS.
  const names = entries
    .filter((entry) => entry.isFile() && !/^[._]/.test(entry.name))
    .map(({ name }) => name);
  const known = names.filter((name) =>
    FILE_EXTENSIONS.some((extension) => name.toLowerCase().endsWith(extension)),
  );
  const kinds = [
    ...new Set(known.map((name) => /\.[^.]*$/.exec(unpackedName(name).toLowerCase())?.[0] ?? '')),
  ];
  if (kinds.length === 1) return known.toSorted(byName).map((name) => join(folder, name));
  throw new FormatError(
    { file: folder },
    kinds.length === 0
      ? 'this folder has no files of a format that is known. Give a file, or a folder of files.'
      : `this folder has files of several kinds (${kinds.toSorted().join(', ')}). Name those to read, such as "${join(folder, `*${kinds[0]}`)}".`,
  );
}

/** part-2 before part-10. */
function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
