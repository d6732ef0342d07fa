import fc from 'fast-check';
import { ShoalError } from '@shoal/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMATS, readLabels, readPoints, readTable, writeNpy } from '../src/index.ts';
import { encode, gzipped, zipped } from './bytes.ts';
import { countMemory, type MemoryCount } from './counted-memory.ts';
import { mutations } from './mutations.ts';
import { PACKED_FILES, SAMPLE_FILES } from './sample-files.ts';

/** Damaged files of each format; SHOAL_MUTATIONS=1000000 tries more. */
const MUTATIONS = Number(process.env['SHOAL_MUTATIONS'] ?? 10_000);

/** Another number tries others. */
const SEED = Number(process.env['SHOAL_SEED'] ?? 18);

/** Time of the processor; a file of a few kilobytes is read in a thousandth of it. */
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
  const start = process.cpuUsage();
  try {
    await READERS[reader % READERS.length](bytes, name, { maxBytes: 2 ** 24 });
  } catch (error) {
    if (!(error instanceof ShoalError))
      return error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (error.message.length > MAX_MESSAGE) return `a message of ${error.message.length} characters`;
  }
  const { user, system } = process.cpuUsage(start);
  const time = (user + system) / 1000;
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

describe('files made to do harm', () => {
  const zeros = (length: number): Uint8Array => new Uint8Array(length).fill(0x30);

  it.each([
    ['gzip', 'x.csv.gz', () => gzipped(zeros(2 ** 25))],
    [
      'NPZ',
      'x.npz',
      () => zipped({ 'x.npy': writeNpy({ data: zeros(2 ** 25), shape: [2 ** 15, 2 ** 10] }) }),
    ],
  ])('a bomb of %s is unpacked no further than allowed', async (_, name, bomb) => {
    const bytes = bomb();
    expect(bytes.length).toBeLessThan(2 ** 17);
    memory.reset();
    await expect(readTable(bytes, name, { maxBytes: 2 ** 20 })).rejects.toThrow(
      /at most 1048576 bytes are read/,
    );
    expect(memory.bytes).toBeLessThan(2 ** 23);
  });

  it.each([
    ['csv', `${'x,'.repeat(99_999)}x\n${'1,'.repeat(99_999)}1\n`],
    ['json', `[{${Array.from({ length: 100_000 }, (_, i) => `"x${i}":${i}`).join(',')}}]`],
    ['json', `[[${'1,'.repeat(99_999)}1]]`],
    ['ndjson', `{${Array.from({ length: 100_000 }, (_, i) => `"x${i}":${i}`).join(',')}}`],
  ])('100,000 columns in .%s are read, or refused, in time', async (extension, text) => {
    expect(await defectOf(encode(text), `wide.${extension}`, 0)).toBeUndefined();
  });

  it.each([
    ['csv', 'x,y\n', 'x,y\n1,2\n'],
    ['json', '[]', '[{"x":1,"y":2}]'],
    ['ndjson', '\n', '{"x":1,"y":2}\n'],
  ])('no row in .%s is an error, and one row is a table', async (extension, none, one) => {
    await expect(readTable(encode(none), `x.${extension}`)).rejects.toThrow(ShoalError);
    expect(await readTable(encode(one), `x.${extension}`)).toMatchObject({ rows: 1, columns: { length: 2 } });
  });

  it('names that mean something to JavaScript or to pages are kept, and do nothing', async () => {
    const names = ['__proto__', 'constructor', '<img src=x onerror=alert(1)>', 'toString'];
    const json = encode(`[{${names.map((name) => `${JSON.stringify(name)}:1`).join(',')}}]`);
    const csv = encode(`${names.map((name) => `"${name}"`).join(',')}\n1,2,3,4\n`);
    for (const [bytes, file] of [
      [json, 'x.json'],
      [csv, 'x.csv'],
    ] as const) {
      expect((await readTable(bytes, file)).columns.map(({ name }) => name)).toEqual(names);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
