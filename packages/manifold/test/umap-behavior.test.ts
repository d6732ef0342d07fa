import { createReferenceEngine, DataError, InvalidArgumentError, matrix, ShapeError } from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { Umap, type UmapOptions } from '../src/index.ts';

const engine = createReferenceEngine();
const { points } = blobs(80, 4, 2, 3);
const umap = new Umap({ neighbors: 6, epochs: 40, engine });

describe('Umap on the reference engine', () => {
  it('places a new point in the same place beside any others', async () => {
    const model = await umap.fit(points);
    const near = Float32Array.from(points.data.subarray(0, 8), (value) => value + 0.1);
    const alone = await model.transform(matrix(near, 2, 4));
    // A training point itself has the greatest possible membership, and the far ones the widest neighborhoods.
    const others = [points.data.subarray(40, 44), ...[1, 1e4, 1e15].map((far) => [far, far, far, far])];
    for (const other of others) {
      const beside = await model.transform(matrix(Float32Array.of(...near, ...other), 3, 4));
      expect(beside.data.subarray(0, 4), `beside ${other.join()}`).toEqual(alone.data);
    }
  });

  it.each(['neighbors', 'start', 'layout'])('stops in the phase %s when it is aborted', async (phase) => {
    const controller = new AbortController();
    const fit = umap.fit(blobs(80, 4, 1, 3).points, {
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress.phase === phase) controller.abort(new Error(`enough of ${phase}`));
      },
    });
    await expect(fit).rejects.toThrow(`enough of ${phase}`);
  });

  it('stops placing new points when it is aborted', async () => {
    const model = await umap.fit(points);
    const controller = new AbortController();
    const placed = model.transform(blobs(10, 4, 2, 9).points, {
      signal: controller.signal,
      onProgress: ({ phase }) => {
        if (phase === 'layout') controller.abort(new Error('enough'));
      },
    });
    await expect(placed).rejects.toThrow('enough');
  });

  it('leaves the points as they were', async () => {
    const before = points.data.slice();
    await (await umap.fit(points)).transform(points);
    await new Umap({ metric: 'cosine', neighbors: 6, epochs: 5, engine }).fit(points);
    expect(points.data).toEqual(before);
  });

  it.each([
    ['one row', () => matrix(new Float32Array(3), 1, 3), InvalidArgumentError],
    ['fewer rows than neighbors', () => blobs(5, 3, 1, 1).points, InvalidArgumentError],
    ['no rows', () => matrix(new Float32Array(0), 0, 3), ShapeError],
    [
      'NaN',
      () =>
        matrix(
          Float64Array.from({ length: 40 }, (_, i) => (i === 7 ? NaN : i)),
          20,
          2,
        ),
      DataError,
    ],
    [
      '-Infinity',
      () =>
        matrix(
          Float32Array.from({ length: 40 }, (_, i) => -1 / i),
          20,
          2,
        ),
      DataError,
    ],
  ] as const)('refuses %s', async (_, make, error) => {
    await expect((async () => umap.fit(make()))()).rejects.toThrow(error);
  });

  it.each<[string, UmapOptions]>([
    ['neighborhoods of two', { neighbors: 2 }],
    ['one dimension', { dimensions: 1 }],
    ['more dimensions than columns', { dimensions: 9 }],
    ['no pushes', { negativeSampleRate: 0 }],
    ['no repulsion', { repulsion: 0 }],
    ['one epoch', { epochs: 1 }],
    ['a minDist of 0', { minDist: 0 }],
  ])('embeds with %s', async (_, options) => {
    const { embedding } = await new Umap({ neighbors: 6, epochs: 20, engine, ...options }).fit(points);
    expect([embedding.rows, embedding.columns]).toEqual([80, options.dimensions ?? 2]);
    expect([...embedding.data].every(Number.isFinite)).toBe(true);
  });

  it('keeps the parts of a graph apart', async () => {
    const apart = blobs(90, 3, 3, 8, 0.01);
    const model = await new Umap({ neighbors: 6, epochs: 100, engine }).fit(apart.points);
    expect(model.warnings).toEqual([expect.stringMatching(/in 3 parts/)]);
    const { data } = model.embedding;
    const distance = (i: number, j: number) =>
      Math.hypot(data[2 * i] - data[2 * j], data[2 * i + 1] - data[2 * j + 1]);
    for (let i = 0; i < 90; i++) {
      const others = Array.from({ length: 90 }, (_, j) => j).filter((j) => j !== i);
      const nearest = others.reduce((best, j) => (distance(i, j) < distance(i, best) ? j : best));
      expect(apart.classes[nearest], `row ${i}`).toBe(apart.classes[i]);
    }
  });
});
