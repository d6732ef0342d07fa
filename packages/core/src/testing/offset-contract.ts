import type { Engine } from '../engine/engine.ts';
import { GaussianMixture } from '../gmm/gaussian-mixture.ts';
import { GaussianMixtureModel } from '../gmm/model.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import { KMeansModel } from '../kmeans/model.ts';
import { matrix, matrixFromRows, type Matrix } from '../matrix.ts';
import { adjustedRandIndex } from '../metrics/adjusted-rand.ts';
import { Pca } from '../pca/pca.ts';
import { Random } from '../random.ts';
import { assert, assertAllClose, assertClose, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { farPoints, momentsOfClasses, type FarPoints } from './offset-data.ts';

/** The error that float32 allows near 0. */
const TOLERANCE = 1e-5;

/** On every engine, the results do not depend on how far the points are from 0. */
export const offsetContract: readonly ContractCase[] = [
  ...farPoints().flatMap((set) => [
    { name: `offsets: k-means, ${set.name}`, run: (engine: Engine) => findsClusters(engine, set) },
    { name: `offsets: mixture, ${set.name}`, run: (engine: Engine) => findsComponents(engine, set) },
  ]),
  ...[1e5, 1e6, 1e7, 1e8].map((offset) => ({
    name: `offsets: principal components at ${offset}`,
    run: (engine: Engine) => findsDirections(engine, offset),
  })),
  {
    name: 'offsets: two times of day, each in milliseconds',
    async run(engine) {
      const times = [0, 1, 2, 5000, 5001, 5002].map((ms) => [1.7e12 + ms]);
      const model = await new KMeans({ clusters: 2, engine }).fit(matrixFromRows(times));
      assertSame(
        model.labels.map((label) => label ^ model.labels[0]),
        [0, 0, 0, 1, 1, 1],
        'labels',
      );
      assertClose(model.inertia, 4, 1e-12, 'inertia');
      const sorted = Array.from(model.centroids.data).sort((a, b) => a - b);
      assertSame(sorted, [1.7e12 + 1, 1.7e12 + 5001], 'centroids');
    },
  },
  {
    name: 'offsets: float32 points keep their inertia',
    async run(engine) {
      const points = around(new Float32Array(400), 1e6, 4);
      const { inertia } = await new KMeans({ clusters: 3, engine }).fit(points);
      const expected = await new KMeans({ clusters: 3 }).fit(points);
      assertClose(inertia, expected.inertia, TOLERANCE, 'inertia');
    },
  },
  {
    name: 'offsets: given centroids and parameters are in the coordinates of the points',
    async run(engine) {
      const { points, classes } = farPoints()[7];
      const init = matrixFromRows([[1.7e12], [1.7e12 + 5000], [1.7e12 + 10_000]]);
      const model = await new KMeans({ clusters: 3, init, engine }).fit(points);
      assertSame(model.labels, classes, 'labels');
      const from = {
        weights: Float64Array.of(1 / 3, 1 / 3, 1 / 3),
        means: Float64Array.from(init.data),
        covariances: new Float64Array(3).fill(250_000),
      };
      const mixture = await new GaussianMixture({ clusters: 3, init: from, engine }).fit(points);
      assertSame(mixture.labels, classes, 'components');
    },
  },
  {
    name: 'offsets: there is a warning when rounding may have moved a value to another cluster',
    async run(engine) {
      const far = [0, 1, 2, 1e9, 1e9 + 10, 1e9 + 11, 1e9 + 20, 1e9 + 21].map((value) => [value]);
      const { warnings } = await new KMeans({ clusters: 4, engine }).fit(matrixFromRows(far));
      const isWarned = warnings.some((warning) => warning.includes('rounding may have decided labels'));
      assert(isWarned === (engine.info.precision !== 'float64'), `The warnings are: ${warnings.join(' ')}`);
    },
  },
];

async function findsClusters(engine: Engine, set: FarPoints): Promise<void> {
  const { points, classes } = set;
  const model = await new KMeans({ clusters: 3, nInit: 4, engine }).fit(points);
  assertClose(adjustedRandIndex(classes, model.labels), 1, 0, 'ARI');
  assert(model.warnings.length === 0, `There are warnings: ${model.warnings.join(' ')}`);
  const { means, covariances } = momentsOfClasses(set);
  const { columns } = points;
  let inertia = 0;
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k < 3; k++) inertia += (points.rows / 3) * covariances[(k * columns + j) * columns + j];
  }
  assertClose(model.inertia, inertia, TOLERANCE, 'inertia');
  const scale = Math.sqrt(inertia / points.rows);
  comparePositions(model.centroids.data, model.labels, means, set, TOLERANCE * scale);
  assertSame(await model.predict(points), model.labels, 'predicted labels');
  const loaded = KMeansModel.fromState(model.toState(), engine);
  assertSame(loaded.centroids.data, model.centroids.data, 'loaded centroids');
  assertSame(await loaded.predict(points), model.labels, 'labels of the loaded model');
}

async function findsComponents(engine: Engine, set: FarPoints): Promise<void> {
  const { points, classes } = set;
  const { means, covariances } = momentsOfClasses(set);
  // As small, relative to the clusters, as the default is when clusters have a deviation of 1.
  const regCovar = 1e-6 * Math.min(...covariances.filter((value) => value > 0));
  const mixture = new GaussianMixture({ clusters: 3, engine, regCovar, tolerance: 1e-6 });
  const model = await mixture.fit(points);
  assertClose(adjustedRandIndex(classes, model.labels), 1, 0, 'ARI');
  assert(model.warnings.length === 0, `There are warnings: ${model.warnings.join(' ')}`);
  const scale = Math.sqrt(Math.max(...covariances));
  comparePositions(model.means, model.labels, means, set, 1e-3 * scale);
  assertSame(await model.predict(points), model.labels, 'predicted labels');
  assertClose(await model.score(points), model.lowerBound, 1e-12, 'score');
  const loaded = GaussianMixtureModel.fromState(model.toState(), engine);
  assertSame(loaded.means, model.means, 'loaded means');
  assertSame(await loaded.scoreSamples(points), await model.scoreSamples(points), 'loaded likelihoods');
}

/** Compares the position of each class's cluster with the class's mean. */
function comparePositions(
  positions: ArrayLike<number>,
  labels: Uint32Array,
  means: readonly number[],
  { points, classes }: FarPoints,
  allowed: number,
): void {
  const { columns } = points;
  for (let k = 0; k < 3; k++) {
    const cluster = labels[classes.indexOf(k)];
    for (let j = 0; j < columns; j++) {
      const actual = positions[cluster * columns + j];
      // In float64 a position can be no nearer than its last digit.
      const error = Math.abs(actual - means[k * columns + j]);
      const digit = 2 * Number.EPSILON * Math.abs(actual);
      assert(error <= allowed + digit, `Cluster ${cluster} lies at ${actual}, ${error} from its mean.`);
    }
  }
}

async function findsDirections(engine: Engine, offset: number): Promise<void> {
  const near = around(new Float64Array(400), 0, 4);
  const far = around(new Float64Array(400), offset, 4);
  const expected = await new Pca({ components: 2 }).fit(near);
  const model = await new Pca({ components: 2, engine }).fit(far);
  // Adding the offset rounds the points themselves.
  const digits = TOLERANCE + (4 * Number.EPSILON * offset) / Math.sqrt(expected.explainedVariance[1]);
  assertAllClose(model.explainedVariance, expected.explainedVariance, digits, 'variance');
  assertAllClose(model.components.data, expected.components.data, 20 * digits, 'components');
  const codes = await model.transform(far);
  assertAllClose(codes.data, (await expected.transform(near)).data, 20 * digits, 'codes');
  const spread = Math.sqrt(expected.explainedVariance[0]);
  model.mean.forEach((mean, j) => {
    assertClose(mean - offset, expected.mean[j], digits, 'mean', spread);
  });
  const all = await new Pca({ components: 4, engine }).fit(far);
  const back = await all.inverseTransform(await all.transform(far));
  const errors = Array.from(back.data, (value, i) => value - far.data[i]);
  assert(Math.max(...errors.map(Math.abs)) < 20 * digits, `The way back is off by ${Math.max(...errors)}.`);
}

/** Points of different spread along each of some directions, about `offset`. */
function around(data: Float32Array | Float64Array, offset: number, columns: number): Matrix {
  const random = new Random(5);
  const rows = data.length / columns;
  for (let i = 0; i < rows; i++) {
    const [a, b] = [5 * random.normal(), 2 * random.normal()];
    for (let j = 0; j < columns; j++) {
      data[i * columns + j] = offset + a * (j + 1) + b * (j % 2 === 0 ? 1 : -1) + 0.5 * random.normal();
    }
  }
  return matrix(data, rows, columns);
}
