import { createReferenceEngine, DataError, matrix, Random, type Neighbors } from '@shoal/core';
import { nnDescent } from '@shoal/core/model-kit';
import { blobs } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { findNearest } from '../src/graph/nearest.ts';
import { Umap } from '../src/index.ts';

const NEIGHBORS = 10;
const { points } = blobs(1500, 12, 6, 4, 3);
const search = (seed: number) => nnDescent(points, { neighbors: NEIGHBORS, random: new Random(seed) });

/** Share of the true neighbors that were found. */
function recall(found: Neighbors, exact: Neighbors): number {
  let common = 0;
  for (let start = 0; start < exact.indices.length; start += NEIGHBORS) {
    const truth = new Set(exact.indices.subarray(start, start + NEIGHBORS));
    for (const row of found.indices.subarray(start, start + NEIGHBORS)) if (truth.has(row)) common++;
  }
  return common / exact.indices.length;
}

describe('nnDescent', () => {
  it('finds the same at any distance from 0', async () => {
    const steps = Float64Array.from({ length: 400 }, (_, i) => (i * 37) % 101);
    const [near, far] = [0, 2 ** 40].map((offset) =>
      matrix(
        steps.map((step) => step + offset),
        200,
        2,
      ),
    );
    const options = { neighbors: 5, random: new Random(3) };
    expect(await nnDescent(far, options)).toEqual(
      await nnDescent(near, { ...options, random: new Random(3) }),
    );
  });

  it('finds nearly all neighbors, nearest first, each once and never the point itself', async () => {
    const found = await search(1);
    const exact = await findNearest(points, undefined, {
      engine: createReferenceEngine(),
      neighbors: NEIGHBORS,
    });
    expect(recall(found, exact)).toBeGreaterThan(0.97);
    for (let i = 0; i < points.rows; i++) {
      const rows = found.indices.subarray(NEIGHBORS * i, NEIGHBORS * (i + 1));
      const distances = found.distances.subarray(NEIGHBORS * i, NEIGHBORS * (i + 1));
      expect(new Set(rows).size).toBe(NEIGHBORS);
      expect(rows).not.toContain(i);
      expect([...distances]).toEqual([...distances].sort((a, b) => a - b));
    }
  });

  it('finds the same for the same seed', async () => {
    const once = await search(2);
    expect(await search(2)).toEqual(once);
  });

  it('finds all neighbors when there are no other points, and refuses points without distances', async () => {
    const few = blobs(6, 2, 1, 3).points;
    const { indices } = await nnDescent(few, { neighbors: 5, random: new Random(1) });
    expect([...indices.subarray(0, 5)].sort()).toEqual([1, 2, 3, 4, 5]);
    const options = { neighbors: 1, random: new Random(1) };
    await expect(nnDescent(matrix(Float32Array.of(1, NaN), 2, 1), options)).rejects.toThrow(DataError);
    const far = matrix(Float32Array.of(-3e38, 3e38), 2, 1);
    await expect(nnDescent(far, options)).rejects.toThrow(/too large/);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(nnDescent(points, { ...options, signal })).rejects.toThrow('enough');
  });

  it('works in UMAP, and the model has a warning', async () => {
    const model = await new Umap({ neighborSearch: 'nn-descent', neighbors: 10, epochs: 20 }).fit(points);
    expect(model.warnings[0]).toMatch(/NN-descent/);
    expect([...model.embedding.data].every(Number.isFinite)).toBe(true);
    expect(() => new Umap({ neighborSearch: 'guess' as 'exact' })).toThrow(/neighborSearch/);
  });
});
