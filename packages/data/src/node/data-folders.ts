import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * Where Shoal keeps downloads: the platform's cache folder for the user, `~/.cache/shoal` on Linux. Undefined for a
 * user without a home folder, such as a container's user without a name, unless the environment sets a cache folder.
 */
export function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'darwin') return inHome('Library', 'Caches', 'shoal');
  if (process.platform === 'win32') {
    return LOCALAPPDATA ? join(LOCALAPPDATA, 'shoal', 'Cache') : inHome('AppData', 'Local', 'shoal', 'Cache');
  }
  return XDG_CACHE_HOME ? join(XDG_CACHE_HOME, 'shoal') : inHome('.cache', 'shoal');
}

function inHome(...names: readonly string[]): string | undefined {
  let home: string;
  try {
    home = homedir();
  } catch {
    // Thrown when HOME is not set and the system does not know the user.
    return undefined;
  }
  return home === '' ? undefined : join(home, ...names);
}

/**
 * Folders that may hold the dataset, best first: the given one, `SHOAL_DATA_DIR`, the user's cache, and
 * `../shared/<dataset>` relative to the current directory and to the root of the repository around it. The first three
 * may hold the files directly, or in a subfolder with the name of the dataset.
 */
export function candidateFolders(
  dataset: string,
  dataDir: string | undefined,
  cacheDir: string | undefined,
): string[] {
  const given = [dataDir, process.env['SHOAL_DATA_DIR'], cacheDir];
  const shared = [process.cwd(), repositoryRoot()].map((folder) => join(folder, '..', 'shared', dataset));
  const folders = [
    ...given
      .filter((folder): folder is string => folder !== undefined && folder !== '')
      .flatMap((folder) => [folder, join(folder, dataset)]),
    ...shared,
  ];
  return [...new Set(folders.map((folder) => resolve(folder)))];
}

function repositoryRoot(): string {
  const start = process.cwd();
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return start;
  }
}
