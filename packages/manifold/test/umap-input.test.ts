import {
  createReferenceEngine,
  DataError,
  matrix,
  ShapeError,
  type Matrix,
  type Neighbors,
} from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { findNearest } from '../src/graph/nearest.ts';
import { Umap, type UmapMetric, type UmapOptions } from '../src/index.ts';

const engine = createReferenceEngine();
const ROWS = 80;
const { points } = blobs(ROWS, 4, 2, 3);
const umap = new Umap({ neighbors: 6, epochs: 40, engine });

describe('given neighbors', () => {
  it('are used, and there is no search', async () => {
    const neighbors = await findNearest(points, undefined, { engine, neighbors: 9 });
    const phases = new Set<string>();
    const model = await umap.fit(points, { neighbors, onProgress: ({ phase }) => phases.add(phase) });
    expect(model.embedding).toEqual((await umap.fit(points)).embedding);
    expect([...phases]).toEqual(['start', 'layout']);
  });

  it.each([
    ['a row itself', [0, 2, 3, 4, 5], [1, 2, 3, 4, 5], /row 0 itself/],
    ['a row that is not there', [80, 2, 3, 4, 5], [1, 2, 3, 4, 5], /name row 80; there are 80/],
    ['a mark for a missing neighbor', [-1, 2, 3, 4, 5], [1, 2, 3, 4, 5], /name row -1; there are 80/],
    ['half a row', [1.5, 2, 3, 4, 5], [1, 2, 3, 4, 5], /name row 1.5; there are 80/],
    ['distances that fall', [1, 2, 3, 4, 5], [1, 2, 1, 3, 4], /Distance 2 of row 0 is 1/],
    ['a distance that is NaN', [1, 2, 3, 4, 5], [1, 2, 3, 4, NaN], /Distance 4 of row 0 is NaN/],
    ['too few', [1, 2, 3, 4], [1, 2, 3, 4], /at least 5 for each of 80/],
  ])('are refused when they hold %s', async (_, firstRows, firstDistances, message) => {
    const length = firstRows.length;
    const indices = Array.from({ length: ROWS * length }, (__, at) =>
      at < length ? firstRows[at] : (Math.floor(at / length) + 1 + (at % length)) % ROWS,
    );
    const distances = Float32Array.from({ length: ROWS * length }, (__, at) =>
      at < length ? firstDistances[at] : at % length,
    );
    // As callers without types may pass it.
    const neighbors = { indices, distances } as unknown as Neighbors;
    await expect(umap.fit(points, { neighbors })).rejects.toThrow(message);
  });

  it('are refused when they are not arrays', async () => {
    const neighbors = { indices: new Uint32Array(400) } as Neighbors;
    await expect(umap.fit(points, { neighbors })).rejects.toThrow(/must be { indices, distances }/);
  });
});

it('starts at the given places', async () => {
  const places = Float64Array.from({ length: 2 * ROWS }, (_, at) => (at % 2 === 0 ? 7 * at : Math.sin(at)));
  const fit = (init: UmapOptions['init']) =>
    new Umap({ neighbors: 6, epochs: 1, learningRate: 1e-6, init, engine }).fit(points);
  const { data } = (await fit(matrix(places, ROWS, 2))).embedding;
  for (let i = 0; i < ROWS; i++) expect(data[2 * i]).toBeCloseTo((10 * i) / (ROWS - 1), 2);
  const scaled = (await fit(matrix(places, ROWS, 2, 3))).embedding.data;
  scaled.forEach((value, at) => {
    expect(Math.abs(value - data[at])).toBeLessThan(1e-3);
  });
  await expect(fit(matrix(new Float32Array(20), 10, 2))).rejects.toThrow(
    /start has 10 rows but there are 80/,
  );
  expect(() => new Umap({ init: matrix(new Float32Array(30), 10, 3) })).toThrow(
    /3 columns but the embedding 2/,
  );
  expect(() => new Umap({ init: matrix(new Float32Array(20).fill(NaN), 10, 2) })).toThrow(DataError);
});

describe('metrics', () => {
  it.each([
    // Changes that each metric ignores: lengths, lengths and shifts, sums.
    ['cosine', (value: number, row: number) => value * (1 + row)],
    ['correlation', (value: number, row: number) => value * (1 + row) + 10 * row],
    ['hellinger', (value: number, row: number) => value * (1 + row)],
  ] as const)('%s ignores what it should ignore', async (metric, change) => {
    const positive = Float64Array.from(points.data, (value) => Math.abs(value) + 1);
    const changed = positive.map((value, at) => change(value, Math.floor(at / 4)));
    const graphOf = async (data: Matrix['data'], by: UmapMetric) => {
      const model = await new Umap({ neighbors: 6, epochs: 1, metric: by, engine }).fit(
        matrix(data, ROWS, 4),
      );
      return model.graph ?? expect.fail('a fitted model has its graph');
    };
    const [before, after] = [await graphOf(positive, metric), await graphOf(changed, metric)];
    expect(after.targets).toEqual(before.targets);
    after.weights.forEach((weight, edge) => {
      expect(Math.abs(weight - before.weights[edge])).toBeLessThan(0.02);
    });
    expect((await graphOf(changed, 'euclidean')).targets).not.toEqual(before.targets);
  });

  it('are refused for points they cannot compare', async () => {
    const fit = (metric: UmapMetric, of: Matrix) => new Umap({ metric, neighbors: 2, engine }).fit(of);
    await expect(fit('hellinger', points)).rejects.toThrow(/Hellinger metric needs values of at least 0/);
    await expect(fit('hellinger', matrix(new Float32Array(20), 10, 2))).rejects.toThrow(/Row 0 is all zeros/);
    await expect(fit('correlation', matrix(new Float32Array(20), 20, 1))).rejects.toThrow(ShapeError);
  });
});
