import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeRunJson, FormatError, parseJson } from '@shoal/data';
import { readBytes, writeFileAtomic } from '@shoal/data/node';
import type { Profiles } from '@shoal/tables';
import * as v from 'valibot';
import { UsageError } from '../exit-codes.ts';
import { accessing } from '../file-errors.ts';

/** Name of the file of a run folder with what each cluster is. */
const PROFILES_FILE = 'profiles.json';

const named = { column: v.number(), name: v.string(), effect: v.number() };
const middle = { middle: v.optional(v.literal(true)) };
const shares = { share: v.number(), overall: v.number(), others: v.number(), lift: v.number() };
const quartiles = <Value extends v.GenericSchema>(value: Value) => ({
  median: value,
  lower: value,
  upper: value,
  overall: value,
  others: value,
});
const word = v.object({ word: v.string(), score: v.number(), share: v.number(), overall: v.number() });

const trait = v.variant('kind', [
  v.object({ kind: v.literal('number'), ...named, ...middle, ...quartiles(v.number()) }),
  v.object({ kind: v.literal('date'), ...named, ...middle, ...quartiles(v.string()) }),
  v.object({ kind: v.literal('level'), level: v.string(), ...named, ...shares }),
  v.object({ kind: v.literal('missing'), ...named, ...shares }),
  v.object({ kind: v.literal('words'), words: v.array(word), ...named }),
]);

const cluster = v.object({
  cluster: v.number(),
  size: v.number(),
  share: v.number(),
  name: v.string(),
  traits: v.array(trait),
  note: v.optional(v.string()),
  typical: v.array(v.number()),
  borderline: v.array(v.number()),
  nearest: v.optional(v.object({ cluster: v.number(), gap: v.number() })),
});

const oneValue = v.optional(v.union([v.number(), v.string()]));
const column = v.object({
  column: v.number(),
  name: v.string(),
  type: v.picklist(['number', 'boolean', 'date', 'text', 'vector', 'bytes']),
  describedAs: v.picklist(['number', 'date', 'levels', 'words', 'none']),
  missing: v.number(),
  median: oneValue,
  lower: oneValue,
  upper: oneValue,
  levels: v.optional(v.array(v.object({ level: v.string(), share: v.number() }))),
});

/** What a file of profiles must hold; a test compares it with what `profileClusters` gives. */
const PROFILES = v.object({
  format: v.literal('shoal-profiles'),
  version: v.literal(1),
  rows: v.number(),
  withoutCluster: v.number(),
  clusters: v.array(cluster),
  columns: v.array(column),
  separation: v.object({
    verdict: v.picklist(['clear', 'weak', 'none', 'unknown']),
    gap: v.optional(v.number()),
    chanceGap: v.optional(v.number()),
    clustersWithTraits: v.number(),
    summary: v.string(),
  }),
});

/** Writes what each cluster is into a run folder. */
export async function writeProfiles(folder: string, profiles: Profiles, signal: AbortSignal): Promise<void> {
  await writeFileAtomic(join(folder, PROFILES_FILE), encodeRunJson(profiles, PROFILES_FILE), { signal });
}

/**
 * Reads what each cluster of a run is.
 *
 * @throws {UsageError} when the folder has no such file
 * @throws {FormatError} when the file is damaged
 */
export async function readProfiles(folder: string): Promise<Profiles> {
  await accessing(folder, stat(folder));
  const file = join(folder, PROFILES_FILE);
  if ((await stat(file).catch(() => undefined)) === undefined) {
    throw new UsageError(
      `"${folder}" has no ${PROFILES_FILE}: it is not a run of a table. Fit one with shoal fit FILE.`,
    );
  }
  const parsed = v.safeParse(PROFILES, parseJson(await accessing(file, readBytes(file)), file));
  if (parsed.success) return parsed.output;
  throw new FormatError({ file }, 'it does not hold the profiles of clusters. Fit the run again.');
}
