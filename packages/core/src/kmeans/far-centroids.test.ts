import { describe, expect, it } from 'vitest';
import { matrix, matrixFromRows } from '../matrix.ts';
import { blobs } from '../testing/datasets.ts';
import { KMeans } from './kmeans.ts';

// Columns in other units, far from 0: given centroids may be in these units by mistake.
const { points: unchecked } = blobs(90, 2, 3, 4);
const points = matrix(
  Float64Array.from(unchecked.data, (value, at) => (at % 2 === 0 ? 1000 + 10 * value : 5 + value)),
  90,
  2,
);
const init = matrix(
  Float64Array.from([3, 40, 77].flatMap((row) => [...points.data.subarray(2 * row, 2 * row + 2)])),
  3,
  2,
);

describe('centroids given far outside the points', () => {
  it('give a warning that names the scaling', async () => {
    const { warnings } = await new KMeans({ clusters: 3, init, scaling: 'standardize' }).fit(points);
    expect(warnings[0]).toMatch(
      /^3 of the initial centroids lie far outside the points \(0, 1, 2\): .*scaled already \(scaling: 'standardize'\)/,
    );
  });

  it('give a warning without a scaling too, with their numbers', async () => {
    const moved = matrix(Float64Array.from(init.data), 3, 2);
    moved.data[2] += 1e6;
    const { warnings } = await new KMeans({ clusters: 3, init: moved }).fit(points);
    expect(warnings[0]).toMatch(/^1 of the initial centroids lie far .* \(1\): .*in the units of the points/);
  });

  it('give no warning when they lie among the points, or the points are all equal', async () => {
    const among = await new KMeans({ clusters: 3, init }).fit(points);
    expect(among.warnings).toEqual([]);
    const border = matrixFromRows([[0], [10]]);
    const model = await new KMeans({ clusters: 2, init: border }).fit(matrixFromRows([[0], [1], [10]]));
    expect(model.warnings).toEqual([]);
    const equal = matrixFromRows([[4], [4]]);
    const one = await new KMeans({ clusters: 1, init: matrixFromRows([[9]]) }).fit(equal);
    expect(one.warnings).toEqual([]);
  });

  it('do not change the result by the check', async () => {
    const far = matrix(Float64Array.of(-1e4, 0, 1e4, 0, 0, 1e4), 3, 2);
    const model = await new KMeans({ clusters: 3, init: far, maxIterations: 1 }).fit(points);
    const unchecked = await new KMeans({ clusters: 3, init: () => far, nInit: 1, maxIterations: 1 }).fit(
      points,
    );
    expect(model.centroids.data).toEqual(unchecked.centroids.data);
    expect(model.warnings).toHaveLength(unchecked.warnings.length + 1);
  });
});
