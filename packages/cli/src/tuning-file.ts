import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseJson } from '@shoal/data';
import { cacheFolder, readBytes, writeFileAtomic } from '@shoal/data/node';
import { KMEANS_VARIANTS, type KMeansTuning } from '@shoal/webgpu-kernels';
import * as v from 'valibot';
import { UsageError } from './exit-codes.ts';

/** The measurements on each adapter, by its name in `engine.info.device`. */
export type Tunings = Readonly<Record<string, KMeansTuning>>;

const TuningFile = v.object({
  version: v.literal(1),
  adapters: v.record(v.string(), v.record(v.string(), v.picklist(KMEANS_VARIANTS))),
});

const FILE_NAME = 'kmeans-tuning.json';

/** Error codes for a file that does not exist, or that this user may not read. */
const NO_FILE = new Set(['ENOENT', 'ENOTDIR', 'EACCES']);

/**
 * Where measurements are kept: in the user's cache.
 *
 * @throws {UsageError} for a user without a cache folder
 */
export function tuningPath(): string {
  const folder = cacheFolder();
  if (folder === undefined) {
    throw new UsageError(
      'There is no place to store the measurements of --tune: this user has no home folder. Set XDG_CACHE_HOME to a folder that ' +
        'can be written.',
    );
  }
  return join(folder, FILE_NAME);
}

/**
 * The measurements of `shoal devices --tune`; empty before it has run.
 *
 * @throws {UsageError} when the file is damaged
 */
export async function readTunings(): Promise<Tunings> {
  const folder = cacheFolder();
  if (folder === undefined) return {};
  const path = join(folder, FILE_NAME);
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(path);
  } catch (error) {
    if (NO_FILE.has((error as NodeJS.ErrnoException).code ?? '')) return {};
    throw error;
  }
  try {
    return v.parse(TuningFile, parseJson(bytes, path)).adapters;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(
      `The file "${path}" of measured variants is damaged (${reason}). Delete it; shoal devices --tune makes another.`,
      { cause },
    );
  }
}

/** Adds the measurements of an adapter; throws as `tuningPath` does. */
export async function addTuning(adapter: string, found: KMeansTuning, signal: AbortSignal): Promise<void> {
  const path = tuningPath();
  const tunings = await readTunings();
  const adapters = { ...tunings, [adapter]: { ...tunings[adapter], ...found } };
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, `${JSON.stringify({ version: 1, adapters }, undefined, 2)}\n`, { signal });
}
