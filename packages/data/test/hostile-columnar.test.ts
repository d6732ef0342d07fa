import { Random, ShoalError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { FormatError, readTable } from '../src/index.ts';
import { COLUMNAR_FILES } from './columnar-fixtures.ts';
import { mutateBytes } from './mutate-bytes.ts';

/** Damages of each file; SHOAL_MUTATIONS=10000 tries more. */
const MUTATIONS = Number(process.env['SHOAL_MUTATIONS'] ?? 300);

/** The outcome of reading: undefined, or an error that is not typed. */
async function defectOf(name: string, bytes: Uint8Array): Promise<unknown> {
  try {
    await readTable(bytes, name);
  } catch (error) {
    if (!(error instanceof ShoalError)) return error;
    if (error.message.length > 1_000) return new Error(`A message of ${error.message.length} characters.`);
  }
  return undefined;
}

describe.each(COLUMNAR_FILES)('$name', ({ name, bytes }) => {
  it('damaged, ends in a typed error or in a table', async () => {
    for (let seed = 1; seed <= MUTATIONS; seed++) {
      const defect = await defectOf(name, mutateBytes(bytes, new Random(seed)));
      expect(defect, `seed ${seed}: ${defect instanceof Error ? (defect.stack ?? '') : ''}`).toBeUndefined();
    }
  });

  it('cut short, is refused', async () => {
    const cut = readTable(bytes.subarray(0, Math.floor(bytes.length / 2)), name);
    await expect(cut).rejects.toThrow(FormatError);
    await expect(cut).rejects.toThrow(/^\S+: this (Parquet|Arrow) file cannot be read: .*\. It is damaged/);
  });
});
