import { BisectingKMeans, Hdbscan, MiniBatchKMeans, SizedKMeans } from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { afterAll, expect, it } from 'vitest';

const alone = await createWasmEngine({ threads: 1 });
const together = await createWasmEngine({ threads: 2, threadingThreshold: 0 });

afterAll(() => {
  alone.destroy();
  together.destroy();
});

const { points } = blobs(1500, 30, 5, 4, 2);
const settings = { clusters: 5, seed: 0 };

it.each([
  ['mini-batch k-means', MiniBatchKMeans],
  ['bisecting k-means', BisectingKMeans],
  ['k-means with sizes', SizedKMeans],
] as const)('%s has the same bits on one thread and on two', async (_, Estimator) => {
  const expected = await new Estimator({ ...settings, engine: alone }).fit(points);
  const actual = await new Estimator({ ...settings, engine: together }).fit(points);
  expect(actual.labels).toEqual(expected.labels);
  expect(actual.centroids).toEqual(expected.centroids);
  expect(actual.inertia).toBe(expected.inertia);
  expect(new Set(expected.labels).size).toBe(5);
});

it('HDBSCAN has the same bits on one thread and on two', async () => {
  const expected = await new Hdbscan({ minClusterSize: 20, engine: alone }).fit(points);
  const actual = await new Hdbscan({ minClusterSize: 20, engine: together }).fit(points);
  expect(actual.labels).toEqual(expected.labels);
  expect(actual.probabilities).toEqual(expected.probabilities);
  expect(actual.outlierScores).toEqual(expected.outlierScores);
  expect(new Set(expected.labels).size).toBeGreaterThan(1);
});
