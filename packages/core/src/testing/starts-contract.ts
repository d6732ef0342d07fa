import { KMeans } from '../kmeans/kmeans.ts';
import { kmeansPlusPlus } from '../kmeans/kmeans-plus-plus.ts';
import { gatherRows, matrixFromRows } from '../matrix.ts';
import { assert, assertAllClose, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs } from './datasets.ts';

/** What core builds from an engine's seeding and assignments; the contracts of sessions do not test it. */
export const startsContract: readonly ContractCase[] = [
  {
    name: 'starts: seeds follow given centroids, and frozen ones stay to the last bit',
    async run(engine) {
      const line = matrixFromRows([[0], [2], [10], [12], [50], [54], [90], [91]]);
      const init = matrixFromRows([[0.25], [11.5]]);
      const model = await new KMeans({ clusters: 4, init, frozen: 1, engine }).fit(line);
      const [a, b, ...rest] = Array.from(model.centroids.data);
      assertSame([a], [0.25], 'frozen centroid');
      assertAllClose([b, ...rest.sort((x, y) => x - y)], [11, 52, 90.5], 1e-6, 'other centroids');
      assertSame(model.labels.subarray(0, 4), [0, 0, 1, 1], 'labels');
      assert(model.converged, 'expected to converge');
    },
  },
  {
    name: 'starts: k-means++ gives rows and their indices',
    async run(engine) {
      const { points } = blobs(131, 3, 6, 8);
      const { centroids, indices } = await kmeansPlusPlus(points, 7, { seed: 2, engine });
      assertAllClose(centroids.data, gatherRows(points, indices), 1e-6, 'seeds');
      assert(new Set(indices).size === 7, 'expected seven different rows');
    },
  },
];
