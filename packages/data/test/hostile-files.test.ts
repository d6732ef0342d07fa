import { gzipSync } from 'node:zlib';
import { Random, ShoalError } from '@shoal/core';
import { expect, it } from 'vitest';
import { readLabels, readPoints, writeNpy, writeSafetensors } from '../src/index.ts';
import { mutateBytes } from './mutate-bytes.ts';

/** Damages of each file; SHOAL_MUTATIONS=10000 tries more. */
const MUTATIONS = Number(process.env['SHOAL_MUTATIONS'] ?? 300);

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const values = Float32Array.from({ length: 24 }, (_, i) => i / 3);
const idx = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 4, ...values.map(Math.floor));

const FILES: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['points.npy', writeNpy({ data: values, shape: [6, 4] })],
  ['points.csv', text('label,x,y\n0,1.5,2\n1,"3",-4e2\n1,5.25,6\n')],
  ['points.idx', idx],
  ['points-idx3-ubyte.gz', gzipSync(idx)],
  [
    'points.safetensors',
    writeSafetensors({
      points: { data: values, shape: [6, 4] },
      labels: { data: Int32Array.of(0, 1, 0, 1, 0, 1), shape: [6] },
    }),
  ],
  ['labels.npy', writeNpy({ data: Int32Array.of(0, 1, 2, 0, 1, 2), shape: [6] })],
];

/** The outcome of reading: undefined, or an error that is not typed. */
async function defectOf(name: string, bytes: Uint8Array): Promise<unknown> {
  try {
    if (name.startsWith('labels')) await readLabels(bytes, name);
    else await readPoints(bytes, name);
  } catch (error) {
    if (!(error instanceof ShoalError)) return error;
    if (error.message.length > 1_000) return new Error(`A message of ${error.message.length} characters.`);
  }
  return undefined;
}

it.each(FILES)('%s, damaged, ends in a typed error or in points', async (name, bytes) => {
  expect(await defectOf(name, bytes)).toBeUndefined();
  for (let seed = 1; seed <= MUTATIONS; seed++) {
    const defect = await defectOf(name, mutateBytes(bytes, new Random(seed)));
    expect(defect, `seed ${seed}: ${defect instanceof Error ? (defect.stack ?? '') : ''}`).toBeUndefined();
  }
});
