import {
  createReferenceEngine,
  matrix,
  radiusComponents,
  Random,
  spanningTree,
  type Matrix,
} from '@shoal/core';
import { blobs, bytes } from '@shoal/core/testing';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { afterAll, describe, expect, it } from 'vitest';

const engines = [
  await createWasmEngine({ threads: 1 }),
  await createWasmEngine({ threads: 3, threadingThreshold: 0, arithmetic: 'plain' }),
];
const reference = createReferenceEngine();

afterAll(() => {
  for (const engine of engines) engine.destroy();
});

function scattered(rows: number, columns: number, place: (random: Random, at: number) => number): Matrix {
  const random = new Random(rows + columns);
  return matrix(
    Float64Array.from({ length: rows * columns }, (_, at) => place(random, at)),
    rows,
    columns,
  );
}

const SETS: readonly (readonly [string, Matrix, number])[] = [
  ['decimals with ties', scattered(800, 4, (random) => random.integer(40) / 10), 4],
  ['many columns', blobs(560, 60, 5, 3, 2).points, 6],
  ['bytes of many columns', bytes(530, 100, 5), 3],
  ['float64 of many columns', scattered(550, 31, (random) => random.normal()), 33],
  ['a distant point', scattered(530, 2, (random, at) => (at < 2 ? 1e9 : random.normal())), 5],
  [
    'a distant group in many columns',
    scattered(530, 30, (random, at) => (at < 90 ? 1e7 : 0) + random.normal()),
    5,
  ],
  [
    'few different points in many columns',
    scattered(530, 30, (random, at) => (at < 60 ? random.integer(3) : 1)),
    8,
  ],
  ['huge values', scattered(530, 30, (random) => 1e30 * random.normal()), 5],
  ['tiny values', scattered(530, 30, (random) => 1e-30 * random.normal()), 5],
  ['copies', scattered(530, 3, (random) => random.integer(3)), 8],
];

describe.each(SETS)('%s', (_, points, minSamples) => {
  it('the tree has the bits of the reference, on any number of threads', async () => {
    const expected = await spanningTree(reference, points, { minSamples });
    for (const engine of engines) {
      expect(await spanningTree(engine, points, { minSamples })).toEqual(expected);
    }
  });

  it('and so have the components within a radius', async () => {
    const { weights } = await spanningTree(engines[0], points, { minSamples });
    const radius = weights[Math.floor(0.6 * weights.length)] || 1;
    const options = { radius, minSamples };
    const expected = await radiusComponents(reference, points, options);
    for (const engine of engines) {
      expect(await radiusComponents(engine, points, options)).toEqual(expected);
    }
  });
});
