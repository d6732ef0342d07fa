import { expect, it } from 'vitest';
import {
  GaussianMixture,
  gatherRows,
  KMeans,
  kmeansPlusPlus,
  matrix,
  Pca,
  type KMeansOptions,
  type Matrix,
} from '../src/index.ts';
import { blobs } from '../src/testing/datasets.ts';

/** So far that in float32 all clusters are at the same place. */
const FAR = 1e12;
/** Steps of 1/1024 are exact in float64 beside it. */
const near = matrix(
  Float64Array.from(blobs(90, 2, 3, 7, 0.3).points.data, (value) => Math.round(value * 1024) / 1024),
  90,
  2,
);
const moved = ({ data, rows, columns }: Matrix) =>
  matrix(
    Float64Array.from(data, (value) => value + FAR),
    rows,
    columns,
  );
const far = moved(near);
const given = matrix(gatherRows(near, [0, 1]), 2, 2);

it('seeds of points far from 0 are their rows', async () => {
  const { indices, centroids } = await kmeansPlusPlus(far, 3);
  expect(indices).toEqual((await kmeansPlusPlus(near, 3)).indices);
  expect(centroids.data).toEqual(gatherRows(far, indices));
});

it.each<[string, (place: (centroids: Matrix) => Matrix) => Partial<KMeansOptions>]>([
  ['given centroids', (place) => ({ init: place(matrix(gatherRows(near, [0, 1, 2]), 3, 2)) })],
  ['fewer given ones', (place) => ({ init: place(given) })],
  ['a function', () => ({ init: (points) => matrix(gatherRows(points as Matrix, [0, 1, 2]), 3, 2) })],
  ['frozen ones', (place) => ({ init: place(given), frozen: 2 })],
])('k-means of points far from 0 starts from %s as it does near 0', async (_, options) => {
  const here = await new KMeans({ clusters: 3, ...options((centroids) => centroids) }).fit(near);
  const there = await new KMeans({ clusters: 3, ...options(moved) }).fit(far);
  expect(there.labels).toEqual(here.labels);
  expect(there.inertia).toBeCloseTo(here.inertia, 2);
  there.centroids.data.forEach((value, at) => {
    expect(value - FAR).toBeCloseTo(here.centroids.data[at], 3);
  });
});

it('a mixture of points far from 0 starts from means as it does near 0', async () => {
  const fit = (points: Matrix, meansInit: Matrix) =>
    new GaussianMixture({ clusters: 3, meansInit }).fit(points);
  const means = matrix(gatherRows(near, [0, 1, 2]), 3, 2);
  const here = await fit(near, means);
  const there = await fit(far, moved(means));
  expect(there.labels).toEqual(here.labels);
  expect(there.lowerBound).toBeCloseTo(here.lowerBound, 5);
});

it('scores by principal components far from 0 are those near 0', async () => {
  const here = await (await new Pca({ components: 1 }).fit(near)).scoreSamples(near);
  const there = await (await new Pca({ components: 1 }).fit(far)).scoreSamples(far);
  there.forEach((score, i) => {
    // A float64 beside 1e12, such as the mean, is right to 1e-4.
    expect(score).toBeCloseTo(here[i], 3);
  });
});
