import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** Where Shoal keeps downloads: the platform's cache folder for the user, `~/.cache/shoal` on Linux. */
export function cacheFolder(): string {
  return envPaths('shoal', { suffix: '' }).cache;
}

/**
 * Folders that may hold the dataset, best first: the one given, `SHOAL_DATA_DIR`, the user's cache, and
 * `../shared/<dataset>` seen from the current directory and from the root of the repository around it.
 * The first three may hold the files themselves or in a subfolder called after the dataset.
 */
export function candidateFolders(dataset: string, dataDir: string | undefined, cacheDir: string): string[] {
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
