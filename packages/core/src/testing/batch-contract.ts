import type { Engine } from '../engine/engine.ts';
import { GaussianMixture } from '../gmm/gaussian-mixture.ts';
import { COVARIANCE_TYPES } from '../gmm/types.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import { gatherRows, matrix, sliceRows, type Matrix } from '../matrix.ts';
import { Pca } from '../pca/pca.ts';
import { assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs, bytes } from './datasets.ts';

const ROWS = 150;
const COLUMNS = 5;
/** The distance of the far row, which must not change the others. */
const FAR = 1e9;

/** A model's results for points: one value, or one row of values, for each. */
type Method = (points: Matrix) => Promise<ArrayLike<number>>;
type Methods = Readonly<Record<string, Method>>;

const KINDS: Readonly<Record<string, () => Matrix>> = {
  float32: () => blobs(ROWS, COLUMNS, 3, 4, 2).points,
  'float64 far from 0': () => {
    const { data } = blobs(ROWS, COLUMNS, 3, 4, 2).points;
    return matrix(
      Float64Array.from(data, (value, i) => value + 1e8 * (i % COLUMNS)),
      ROWS,
      COLUMNS,
    );
  },
  bytes: () => bytes(ROWS, COLUMNS, 8),
};

/** A fitted model's result for a point depends only on that point, not on the others. */
export const batchContract: readonly ContractCase[] = Object.entries(KINDS).flatMap(([kind, make]) => [
  ...(['euclidean', 'cosine'] as const).map((metric) => ({
    name: `batches: k-means (${metric}), ${kind}: a row's results depend on no other row`,
    async run(engine: Engine) {
      const model = await new KMeans({ clusters: 4, metric, engine }).fit(make());
      await compareBatches(make(), {
        predict: (points) => model.predict(points),
        transform: async (points) => (await model.transform(points)).data,
      });
    },
  })),
  ...COVARIANCE_TYPES.map((covarianceType) => ({
    name: `batches: mixture (${covarianceType}), ${kind}: a row's results depend on no other row`,
    async run(engine: Engine) {
      const model = await new GaussianMixture({ clusters: 3, covarianceType, engine }).fit(make());
      await compareBatches(make(), {
        predict: (points) => model.predict(points),
        predictProba: async (points) => (await model.predictProba(points)).data,
        scoreSamples: (points) => model.scoreSamples(points),
      });
    },
  })),
  {
    name: `batches: principal components, ${kind}: a row's results depend on no other row`,
    async run(engine: Engine) {
      const model = await new Pca({ components: 2, whiten: true, engine }).fit(make());
      await compareBatches(make(), { transform: async (points) => (await model.transform(points)).data });
      await compareBatches(await model.transform(make()), {
        inverseTransform: async (points) => (await model.inverseTransform(points)).data,
      });
    },
  },
]);

/** Rows alone, in parts, in another order and beside a far one: the same bits as all at once. */
async function compareBatches(points: Matrix, methods: Methods): Promise<void> {
  for (const [name, method] of Object.entries(methods)) {
    const all = await method(points);
    const width = all.length / points.rows;
    const rowsOfAll = (rows: readonly number[]) =>
      rows.flatMap((row) => Array.from({ length: width }, (_, j) => all[row * width + j]));
    for (const row of [0, 1, 77, ROWS - 1]) {
      assertSame(await method(sliceRows(points, row, row + 1)), rowsOfAll([row]), `${name} of row ${row}`);
    }
    for (const [start, end] of [
      [0, 64],
      [13, 140],
    ]) {
      const rows = Array.from({ length: end - start }, (_, i) => start + i);
      assertSame(await method(sliceRows(points, start, end)), rowsOfAll(rows), `${name} of a part`);
    }
    if (points.data instanceof Uint8Array) continue;
    const mixed = [120, 3, 66, 3];
    const beside = await method(withFarRow(points, mixed));
    const near = Array.from(beside).slice(0, mixed.length * width);
    assertSame(near, rowsOfAll(mixed), `${name} beside a far row`);
  }
}

/** These rows, in their own type, and a last one that is far away. */
function withFarRow(points: Matrix, rows: readonly number[]): Matrix {
  const { columns } = points;
  const values = [...gatherRows(points, rows), ...new Array<number>(columns).fill(FAR)];
  const data = points.data instanceof Float64Array ? Float64Array.from(values) : Float32Array.from(values);
  return matrix(data, rows.length + 1, columns);
}
