import type { Engine } from '../engine/engine.ts';
import { GaussianMixture } from '../gmm/gaussian-mixture.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import { KMEANS_INITS } from '../kmeans/types.ts';
import { matrix, matrixFromRows, type Matrix } from '../matrix.ts';
import type { NumberArray } from '../number-array.ts';
import { Pca } from '../pca/pca.ts';
import { assert, assertClose, assertRejects, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs } from './datasets.ts';

/** The same numbers in every kind of array that a caller may have. */
const ARRAYS: Readonly<Record<string, (values: readonly number[]) => NumberArray>> = {
  'plain array': (values) => [...values],
  Float32Array: (values) => Float32Array.from(values),
  Float64Array: (values) => Float64Array.from(values),
  Uint8Array: (values) => Uint8Array.from(values),
  Int32Array: (values) => Int32Array.from(values),
  'Float32Array over shared memory': (values) => shared(Float32Array.from(values)),
};

/** What every engine promises about the arrays it is given. */
export const inputContract: readonly ContractCase[] = [
  ...Object.entries(ARRAYS).map(([kind, make]) => ({
    name: `input: weights in a ${kind} count`,
    async run(engine: Engine) {
      // The centroid of 0, 0, 0 and 4 with weights 1, 1, 1 and 3 is 2, the inertia 3 * 4 + 3 * 4.
      const points = matrixFromRows([[0], [0], [0], [4]]);
      const weights = make([1, 1, 1, 3]);
      const model = await new KMeans({ clusters: 1, engine }).fit(points, { weights });
      assertClose(model.inertia, 24, 1e-6, 'inertia');
      assertClose(model.centroids.data[0], 2, 1e-6, 'centroid');
      assertClose(await model.score(points, { weights }), -24, 1e-6, 'score');
      const mixture = await new GaussianMixture({ clusters: 1, regCovar: 0, engine }).fit(points, {
        weights,
      });
      assertClose(mixture.means[0], 2, 1e-6, 'mean of the mixture');
      assertClose(mixture.covariances[0], 4, 1e-5, 'variance of the mixture');
      const pca = await new Pca({ components: 1, engine }).fit(points, { weights });
      assertClose(pca.mean[0], 2, 1e-6, 'mean of the components');
      assertClose(pca.explainedVariance[0], 24 / 5, 1e-5, 'explained variance');
    },
  })),
  {
    name: 'input: weights that are not numbers are refused with a typed error',
    async run(engine) {
      const points = matrixFromRows([[0], [1]]);
      for (const weights of [
        ['1', '1'],
        [1, undefined],
        BigInt64Array.of(1n, 1n),
        'ab',
        { length: 2 },
        null,
      ]) {
        const options = { weights: weights as never };
        for (const fit of [
          () => new KMeans({ clusters: 1, engine }).fit(points, options),
          () => new GaussianMixture({ clusters: 1, engine }).fit(points, options),
          () => new Pca({ components: 1, engine }).fit(points, options),
        ]) {
          await assertRejects(fit, 'INVALID_ARGUMENT', `weights that are ${typeof weights}`);
        }
      }
    },
  },
  {
    name: 'input: sessions refuse weights that are not float32, whose bytes they would misread',
    async run(engine) {
      const points = matrixFromRows([[0], [1]]);
      const weights = Float64Array.of(1, 1) as never;
      const mixture = { components: 1, covarianceType: 'full', regCovar: 1, weights } as const;
      await assertRejects(
        () => engine.createKMeans(points, { clusters: 1, weights }),
        'INVALID_ARGUMENT',
        'k-means',
      );
      await assertRejects(() => engine.createGaussianMixture(points, mixture), 'INVALID_ARGUMENT', 'mixture');
      await assertRejects(
        () => engine.createMatrixProducts(points, { weights }),
        'INVALID_ARGUMENT',
        'products',
      );
    },
  },
  {
    name: 'input: weights of 1 give what no weights give, bit for bit, whatever the start',
    async run(engine) {
      const { points } = blobs(203, 3, 5, 4, 4);
      const weights = new Float32Array(203).fill(1);
      for (const init of KMEANS_INITS) {
        const estimator = new KMeans({ clusters: 6, init, nInit: 2, seed: 5, engine });
        const [without, with1] = [await estimator.fit(points), await estimator.fit(points, { weights })];
        assertSame(with1.labels, without.labels, `labels of ${init}`);
        assertSame(with1.centroids.data, without.centroids.data, `centroids of ${init}`);
        assertSame(with1.inertiaHistory, without.inertiaHistory, `inertias of ${init}`);
      }
      for (const init of ['kmeans', 'k-means++', 'random-from-data'] as const) {
        const estimator = new GaussianMixture({ clusters: 4, init, seed: 5, regCovar: 1e-2, engine });
        const [without, with1] = [await estimator.fit(points), await estimator.fit(points, { weights })];
        assertSame(with1.means, without.means, `means of ${init}`);
        assertSame(with1.covariances, without.covariances, `covariances of ${init}`);
        assertSame(with1.lowerBoundHistory, without.lowerBoundHistory, `log-likelihoods of ${init}`);
      }
    },
  },
  {
    name: 'input: points in shared memory are read as any others',
    async run(engine) {
      const { points: own } = blobs(65, 3, 2, 6);
      const bytes = Uint8Array.from({ length: 195 }, (_, i) => (i * 37) % 256);
      const pairs: readonly (readonly [Matrix, Matrix])[] = [
        [own, matrix(shared(own.data as Float32Array), 65, 3)],
        [matrix(bytes, 65, 3), matrix(shared(bytes), 65, 3)],
      ];
      for (const [plain, sharing] of pairs) {
        const estimator = new KMeans({ clusters: 3, engine });
        const [a, b] = [await estimator.fit(plain), await estimator.fit(sharing)];
        assertSame(b.labels, a.labels, 'labels');
        assertSame(b.centroids.data, a.centroids.data, 'centroids');
        assertSame(await b.predict(sharing), a.labels, 'predicted labels');
        const init = matrix(shared(Float32Array.from(a.centroids.data)), 3, 3);
        const again = await new KMeans({ clusters: 3, init, engine }).fit(sharing);
        assertSame(again.labels, a.labels, 'labels from shared centroids');
        const codes = (await new Pca({ components: 2, engine }).fit(sharing)).transform(sharing);
        assert((await codes).data.every(Number.isFinite), 'codes must be finite');
      }
    },
  },
  {
    name: 'input: equal rows get equal labels, wherever they are',
    async run(engine) {
      const { points } = blobs(40, 5, 8, 3, 6);
      // Every row five times, 40 rows apart: at other places of tiles, blocks and vectors.
      const data = Float32Array.from({ length: 203 * 5 }, (_, at) => points.data[at % points.data.length]);
      const repeated = matrix(data, 203, 5);
      const kmeans = await new KMeans({ clusters: 7, engine }).fit(repeated);
      const mixture = await new GaussianMixture({ clusters: 3, regCovar: 1e-2, engine }).fit(repeated);
      for (const [what, labels] of [
        ['k-means', kmeans.labels],
        ['mixture', mixture.labels],
        ['mixture, predicted', await mixture.predict(repeated)],
      ] as const) {
        assertSame(
          labels,
          labels.map((_, i) => labels[i % 40]),
          what,
        );
      }
    },
  },
];

/** A copy over a `SharedArrayBuffer`, or the array itself in a page that may not share memory. */
function shared<T extends Float32Array | Uint8Array>(values: T): T {
  if (typeof SharedArrayBuffer === 'undefined') return values;
  const Kind = values.constructor as new (buffer: ArrayBufferLike) => T;
  const copy = new Kind(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
