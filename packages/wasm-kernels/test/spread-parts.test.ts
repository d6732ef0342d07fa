import {
  createReferenceEngine,
  KMeans,
  partedPoints,
  sliceRows,
  spreadParts,
  type Matrix,
} from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { afterAll, expect, it } from 'vitest';

const engines = [await createWasmEngine({ threads: 1 }), await createWasmEngine({ threads: 2 })];

afterAll(() => {
  for (const engine of engines) engine.destroy();
});

const ROWS = 2000;
const { points } = blobs(ROWS, 20, 6, 3, 2);

/** Five parts, with a count of how often each is loaded. */
function inParts(memoryBytes: number, change = (part: Matrix) => part) {
  const loads = [0, 0, 0, 0, 0];
  const parts = loads.map((_, i) => ({
    rows: ROWS / 5,
    load: async () => {
      loads[i]++;
      return change(sliceRows(points, (i * ROWS) / 5, ((i + 1) * ROWS) / 5));
    },
  }));
  return { points: partedPoints(parts, points.columns, { memoryBytes }), loads };
}

it('computes on several engines at once, with the bits of one', async () => {
  const settings = { clusters: 6, nInit: 2, seed: 1, init: 'k-means||' } as const;
  const expected = await new KMeans({ ...settings, engine: engines[0] }).fit(points);
  const estimator = new KMeans({ ...settings, engine: engines[1] });
  const [resident, passing] = [inParts(Infinity), inParts(0)];
  for (const { points: parts } of [resident, passing]) {
    const model = await estimator.fit(spreadParts(parts, engines));
    expect(model.labels).toEqual(expected.labels);
    expect(model.centroids).toEqual(expected.centroids);
    expect(model.inertiaHistory).toEqual(expected.inertiaHistory);
  }
  // Parts that stay are only loaded for the survey, the session and single rows.
  const times = ({ loads }: typeof resident) => Math.max(...loads);
  expect(times(resident)).toBeLessThan(8);
  expect(times(passing)).toBeGreaterThan(20);
});

it('stops all engines when one cannot go on', async () => {
  const { points: parts } = inParts(Infinity, (part) => {
    part.data[3] = NaN;
    return part;
  });
  const fit = new KMeans({ clusters: 3, engine: engines[0] }).fit(spreadParts(parts, engines));
  await expect(fit).rejects.toThrow('is NaN; clustering needs finite numbers');
});

it('refuses engines that compute in different ways', () => {
  const { points: parts } = inParts(Infinity);
  expect(() => spreadParts(parts, [engines[0], createReferenceEngine()])).toThrow(
    'Engines that share points must compute alike, but one is wasm with arithmetic',
  );
  expect(() => spreadParts(parts, [])).toThrow('at least one engine');
});
