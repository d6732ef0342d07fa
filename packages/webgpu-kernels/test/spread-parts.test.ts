import { KMeans, partedPoints, sliceRows, spreadParts } from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { expect, it } from 'vitest';
import { createNodeWebGpuEngine } from '../src/node/index.ts';

it('computes on two devices at once, with the bits of one', async () => {
  using one = await createNodeWebGpuEngine({ allowSoftware: true });
  using other = await createNodeWebGpuEngine({ allowSoftware: true });
  const rows = 600;
  const { points } = blobs(rows, 8, 4, 3, 2);
  const parts = [0, 1, 2].map((i) => ({
    rows: rows / 3,
    load: async () => sliceRows(points, (i * rows) / 3, ((i + 1) * rows) / 3),
  }));
  const parted = partedPoints(parts, points.columns);
  const estimator = new KMeans({ clusters: 4, nInit: 1, engine: one });
  const expected = await estimator.fit(parted);
  const model = await estimator.fit(spreadParts(parted, [one, other]));
  expect(model.labels).toEqual(expected.labels);
  expect(model.centroids).toEqual(expected.centroids);
  expect(model.inertiaHistory).toEqual(expected.inertiaHistory);
});
