import {
  adjustedRandIndex,
  createReferenceEngine,
  DataError,
  InvalidArgumentError,
  KMeans,
  matrix,
  ShapeError,
  type Engine,
  type Matrix,
} from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { createNodeWebGpuEngine } from '@shoal/webgpu-kernels/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trustworthiness, Umap, UmapModel, type UmapOptions } from '../src/index.ts';
import { allClasses, allDigits, digits, umapLearn } from './umap-learn.ts';

const engines: readonly (readonly [string, () => Promise<Engine>])[] = [
  ['reference', () => Promise.resolve(createReferenceEngine())],
  ['wasm', () => createWasmEngine({ threads: 1 })],
  [
    'webgpu',
    () => createNodeWebGpuEngine({ adapter: process.env['SHOAL_TEST_ADAPTER'], allowSoftware: true }),
  ],
];

/** The mean of umap-learn's, and its least. */
const expected = umapLearn.trustworthiness;
const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;

describe.each(engines)('Umap on %s', (_, open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => {
    engine.destroy();
  });

  it('keeps the neighborhoods of digits as umap-learn does', async () => {
    const options = { neighbors: umapLearn.neighbors, epochs: 300, engine };
    const { embedding, timings } = await new Umap(options).fit(digits);
    const found = await trustworthiness(digits, embedding, { neighbors: 15 });
    expect(Math.abs(found - mean)).toBeLessThan(0.01);
    expect(Object.values(timings!).every((milliseconds) => milliseconds >= 0)).toBe(true);
  });
});

describe('Umap of all digits', () => {
  const { trustworthiness: trusted, adjustedRand } = umapLearn.structureOfAll;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it.each([
    // The plain engine is slow.
    ['reference', { epochs: 200 }],
    ['wasm', {}],
  ] as const)(
    'keeps neighborhoods and clusters as umap-learn does, or better, on %s',
    async (name, options) => {
      const engine = await new Map(engines).get(name)!();
      try {
        const { embedding, warnings } = await new Umap({ ...options, engine }).fit(allDigits);
        expect(warnings).toEqual([]);
        for (const [neighbors, values] of Object.entries(trusted)) {
          const found = await trustworthiness(allDigits, embedding, { neighbors: Number(neighbors) });
          expect(found, `of ${neighbors} neighbors`).toBeGreaterThan(mean(values) - 0.01);
        }
        const { labels } = await new KMeans({ clusters: 10, nInit: 10, engine }).fit(embedding);
        expect(adjustedRandIndex(allClasses, labels)).toBeGreaterThan(mean(adjustedRand) - 0.04);
      } finally {
        engine.destroy();
      }
    },
  );
});

describe('Umap', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWasmEngine({ threads: 1 });
  });
  afterAll(() => {
    engine.destroy();
  });
  const fit = (points: Matrix, options: UmapOptions = {}) =>
    new Umap({ epochs: 50, neighbors: 8, engine, ...options }).fit(points);
  const { points, classes } = blobs(150, 6, 3, 2);

  it.each([{ init: 'spectral' }, { init: 'pca' }, { init: 'random' }, { metric: 'cosine' }] as const)(
    'keeps planted clusters apart, new points too: %o',
    async (options) => {
      const model = await fit(points, { epochs: 200, ...options });
      expect(nearestClass(model.embedding, model.embedding, classes)).toBeGreaterThan(0.98);
      const moved = matrix(
        points.data.map((value) => value + 0.05),
        150,
        6,
      );
      const placed = await model.transform(moved);
      expect(nearestClass(placed, model.embedding, classes)).toBeGreaterThan(0.95);
      // Training points stay where they are.
      expect((await model.transform(points)).data).toEqual(model.embedding.data);
    },
  );

  it('is the same for the same seed, after being saved too', async () => {
    const model = await fit(points, { seed: 3 });
    expect((await fit(points, { seed: 3 })).embedding).toEqual(model.embedding);
    expect((await fit(points, { seed: 4 })).embedding).not.toEqual(model.embedding);
    const loaded = UmapModel.fromState(structuredClone(model.toState()), engine);
    expect(loaded.settings).toEqual(model.settings);
    const queries = blobs(20, 6, 3, 5).points;
    expect(await loaded.transform(queries)).toEqual(await model.transform(queries));
    expect(() => UmapModel.fromState({ ...model.toState(), type: 'pca' })).toThrow(DataError);
    for (const damage of [
      { epochs: 1e9 },
      { learningRate: -1 },
      { negativeSampleRate: 1e6 },
      { minDist: 9 },
    ]) {
      const state = model.toState();
      const damaged = { ...state, settings: { ...state.settings, ...damage } };
      expect(() => UmapModel.fromState(damaged)).toThrow(/damaged/);
    }
  });

  it('reports progress, and can be watched', async () => {
    const phases = new Set<string>();
    const epochs: number[] = [];
    await new Umap({ epochs: 20, neighbors: 8, engine }).fit(blobs(150, 6, 1, 2).points, {
      onProgress: ({ phase, completed, total }) => {
        phases.add(phase);
        expect(completed).toBeLessThanOrEqual(total!);
      },
      onLayout: async (state) => {
        epochs.push(state.epoch);
        expect(await state.readPositions()).toHaveLength(300);
      },
    });
    expect([...phases]).toEqual(expect.arrayContaining(['neighbors', 'start', 'layout']));
    expect(epochs.at(-1)).toBe(20);
  });

  it('starts a graph in parts from principal components, and warns', async () => {
    const apart = blobs(60, 2, 2, 8, 0.01).points;
    const model = await fit(apart, { neighbors: 5 });
    expect(model.warnings).toEqual([expect.stringMatching(/in 2 parts/)]);
    expect(allFinite(model.embedding)).toBe(true);
  });

  it.each([
    ['points that are all the same', matrix(new Float32Array(60).fill(3), 20, 3)],
    [
      'a constant column',
      matrix(
        blobs(20, 3, 2, 1).points.data.map((v, i) => (i % 3 ? v : 1)),
        20,
        3,
      ),
    ],
    [
      'very large values',
      matrix(
        blobs(20, 3, 2, 1).points.data.map((v) => v * 1e15),
        20,
        3,
      ),
    ],
    [
      'pairs of equal points',
      matrix(
        Float32Array.from({ length: 40 }, (_, i) => i >> 2),
        20,
        2,
      ),
    ],
  ])('embeds %s without a NaN', async (_, odd) => {
    expect(allFinite((await fit(odd, { neighbors: 4 })).embedding)).toBe(true);
  });

  it('takes as many points as a neighborhood has, and no fewer', async () => {
    const { embedding } = await fit(blobs(8, 3, 1, 1).points);
    expect([embedding.rows, embedding.columns]).toEqual([8, 2]);
    expect(allFinite(embedding)).toBe(true);
    await expect(fit(blobs(7, 3, 1, 1).points)).rejects.toThrow(InvalidArgumentError);
  });

  it('places points at any distance from the others, and beside a single one', async () => {
    const two = matrix(Float32Array.of(0, 0, 1, 1), 2, 2);
    for (const known of [two, points]) {
      const model = await fit(known, { neighbors: 2 });
      const far = matrix(new Float32Array(known.columns).fill(1e10), 1, known.columns);
      expect(allFinite(await model.transform(far))).toBe(true);
    }
  });

  it('refuses bad settings and bad points', async () => {
    const refused: readonly UmapOptions[] = [
      { dimensions: 0 },
      { neighbors: 1 },
      { minDist: -1 },
      { minDist: 2, spread: 1 },
      { spread: 0 },
      { epochs: 0 },
      { learningRate: 0 },
      { negativeSampleRate: -1 },
      { repulsion: -1 },
      { metric: 'taxi' as 'cosine' },
      { init: 'warm' as 'pca' },
      { seed: 0.5 },
    ];
    for (const options of refused) expect(() => new Umap(options)).toThrow(InvalidArgumentError);
    const broken = matrix(Float32Array.of(1, 2, NaN, 4), 2, 2);
    await expect(fit(broken, { neighbors: 2 })).rejects.toThrow(DataError);
    const model = await fit(points);
    await expect(model.transform(blobs(5, 5, 1, 1).points)).rejects.toThrow(ShapeError);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(new Umap({ engine }).fit(points, { signal })).rejects.toThrow('enough');
  });
});

/** Share of the rows whose nearest other row among `all` is of their class. */
function nearestClass(rows: Matrix, all: Matrix, classes: Uint32Array): number {
  let right = 0;
  for (let i = 0; i < rows.rows; i++) {
    let [best, least] = [-1, Infinity];
    for (let j = 0; j < all.rows; j++) {
      if (j === i) continue;
      let square = 0;
      for (let c = 0; c < rows.columns; c++) {
        square += (rows.data[i * rows.columns + c] - all.data[j * rows.columns + c]) ** 2;
      }
      if (square < least) [best, least] = [j, square];
    }
    if (classes[best] === classes[i]) right++;
  }
  return right / rows.rows;
}

function allFinite({ data }: Matrix): boolean {
  return [...data].every(Number.isFinite);
}
