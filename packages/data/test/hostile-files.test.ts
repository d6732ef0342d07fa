import fc from 'fast-check';
import { ShoalError } from '@shoal/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMATS, readLabels, readPoints, readTable } from '../src/index.ts';
import { countMemory, type MemoryCount } from './counted-memory.ts';
import { mutations } from './mutations.ts';
import { PACKED_FILES, SAMPLE_FILES } from './sample-files.ts';

/** Damaged files of each format; SHOAL_MUTATIONS=1000000 tries more. */
const MUTATIONS = Number(process.env['SHOAL_MUTATIONS'] ?? 10_000);

/** Another number tries others. */
const SEED = Number(process.env['SHOAL_SEED'] ?? 18);

/** A file of a few kilobytes is read in a thousandth of this. */
const MAX_MS = 5_000;

/** Arrays of all sizes that may be made beside ten times the file: the room in which a file's beginning is gathered. */
const FREE_BYTES = 1 << 22;

/** What a message may quote of a file is limited. */
const MAX_MESSAGE = 1_500;

let memory: MemoryCount;
beforeAll(() => {
  memory = countMemory();
});
afterAll(() => {
  memory.stop();
});

const READERS = [readTable, readTable, readPoints, readLabels];

/** What is wrong with the way a file is read; undefined when it is read, or refused with an error of Shoal's own. */
async function defectOf(bytes: Uint8Array, name: string, reader: number): Promise<string | undefined> {
  memory.reset();
  const start = performance.now();
  try {
    await READERS[reader % READERS.length](bytes, name, { maxBytes: 2 ** 24 });
  } catch (error) {
    if (!(error instanceof ShoalError))
      return error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (error.message.length > MAX_MESSAGE) return `a message of ${error.message.length} characters`;
  }
  const time = performance.now() - start;
  if (time > MAX_MS) return `it took ${time.toFixed(0)} ms`;
  return memory.bytes > FREE_BYTES + 10 * bytes.length
    ? `it asked for ${memory.bytes} bytes of memory`
    : undefined;
}

async function tryMutations(files: readonly Uint8Array[], name: string): Promise<void> {
  for (const bytes of files) expect(await defectOf(bytes, name, 0)).toBeUndefined();
  const damaged = fc.asyncProperty(fc.nat(), mutations, async (choice, mutate) => {
    const bytes = mutate(files[choice % files.length]);
    const defect = await defectOf(bytes, name, choice);
    if (defect !== undefined) throw new Error(`${defect}\n${Buffer.from(bytes).toString('base64')}`);
  });
  await fc.assert(damaged, { numRuns: MUTATIONS, seed: SEED });
}

const LIMIT = 60_000 + MUTATIONS * 20;

describe('damaged files end in a table, or in an error of Shoal', () => {
  it.each(FORMATS)(
    '$title',
    async ({ name, extensions }) => {
      await tryMutations(SAMPLE_FILES[name], `file.${extensions[0]}`);
    },
    LIMIT,
  );

  it.each(Object.entries(PACKED_FILES))(
    'packed as .%s',
    async (extension, bytes) => {
      await tryMutations([bytes], `file.csv.${extension}`);
    },
    LIMIT,
  );
});
