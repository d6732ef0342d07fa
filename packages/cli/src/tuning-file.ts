import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseJson } from '@shoal/data';
import { cacheFolder, readBytes, writeFileAtomic } from '@shoal/data/node';
import { KMEANS_VARIANTS, type KMeansTuning } from '@shoal/webgpu-kernels';
import * as v from 'valibot';
import { UsageError } from './exit-codes.ts';

/** What was measured on each adapter, by its name as `engine.info.device` has it. */
export type Tunings = Readonly<Record<string, KMeansTuning>>;

const TuningFile = v.object({
  version: v.literal(1),
  adapters: v.record(v.string(), v.record(v.string(), v.picklist(KMEANS_VARIANTS))),
});

/** In the user's cache. */
export function tuningPath(): string {
  return join(cacheFolder(), 'kmeans-tuning.json');
}

/**
 * What `shoal devices --tune` has found; nothing before it ran.
 *
 * @throws {UsageError} when the file is damaged
 */
export async function readTunings(): Promise<Tunings> {
  const path = tuningPath();
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
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

/** Adds what was found on an adapter. */
export async function addTuning(adapter: string, found: KMeansTuning, signal: AbortSignal): Promise<void> {
  const tunings = await readTunings();
  const adapters = { ...tunings, [adapter]: { ...tunings[adapter], ...found } };
  const path = tuningPath();
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, `${JSON.stringify({ version: 1, adapters }, undefined, 2)}\n`, { signal });
}
