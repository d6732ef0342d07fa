import {
  NO_COMPONENT,
  type CovarianceType,
  type GaussianMixtureParameters,
  type GaussianMixtureSession,
  type GaussianMixtureSessionOptions,
} from '../engine/mixture/session.ts';
import type { Engine } from '../engine/engine.ts';
import { matrix, matrixFromRows, type Matrix } from '../matrix.ts';
import { Random } from '../random.ts';
import { assert, assertAllClose, assertClose, assertRejects, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs, bytes, sampleWeights } from './datasets.ts';
import { useBoth, useSession } from './sessions.ts';

const TYPES: readonly CovarianceType[] = ['full', 'tied', 'diag', 'spherical'];

/** Relative tolerance of densities and parameters between an engine and the float64 reference. */
const TOLERANCE = 1e-4;

/** Rows, columns, components: ones, primes, tile sizes and their neighbors. */
const SHAPES: readonly (readonly [number, number, number])[] = [
  [3, 1, 1],
  [40, 1, 3],
  [65, 2, 4],
  [129, 15, 2],
  [192, 16, 3],
  [257, 17, 5],
  [521, 33, 3],
  [900, 5, 37],
];

/** What every engine's mixture session promises. */
export const gmmContract: readonly ContractCase[] = [
  ...TYPES.flatMap((covarianceType) => [
    ...SHAPES.map(([rows, columns, components]) => ({
      name: `mixture: ${covarianceType}, ${rows} x ${columns}, ${components} components as the reference`,
      run: (engine: Engine) =>
        compareWithReference(engine, blobs(rows, columns, components, rows, 3).points, {
          components,
          covarianceType,
          regCovar: 1e-3,
        }),
    })),
    {
      name: `mixture: ${covarianceType}, bytes as the reference`,
      run: (engine: Engine) =>
        compareWithReference(engine, bytes(301, 9, 4), { components: 3, covarianceType, regCovar: 1e-4 }),
    },
    {
      name: `mixture: ${covarianceType}, weighted as the reference`,
      run: (engine: Engine) =>
        compareWithReference(engine, blobs(301, 4, 3, 9, 2).points, {
          components: 3,
          covarianceType,
          regCovar: 1e-4,
          weights: sampleWeights(301, 5),
        }),
    },
    {
      name: `mixture: ${covarianceType}, far from the origin as the reference`,
      async run(engine: Engine) {
        const random = new Random(4);
        const data = Float32Array.from({ length: 600 * 3 }, (_, i) => 1000 + (i % 2) * 8 + random.normal());
        const points = matrix(data, 600, 3);
        await compareWithReference(engine, points, { components: 2, covarianceType, regCovar: 1e-6 });
      },
    },
    {
      name: `mixture: ${covarianceType}, random responsibilities as the reference`,
      async run(engine: Engine) {
        const { points } = blobs(333, 3, 4, 6, 2);
        const options = { components: 4, covarianceType, regCovar: 1e-3 };
        const [actual, expected] = await both(engine, points, options, async (session) => {
          await session.initialize({ kind: 'random', seed: 123456789 });
          return session.readParameters();
        });
        assertParametersClose(actual, expected);
      },
    },
    {
      name: `mixture: ${covarianceType}, bit-identical from run to run and however the steps are cut`,
      async run(engine: Engine) {
        const { points, classes } = blobs(700, 6, 3, 2, 4);
        const fit = (counts: readonly number[]): Promise<number[][]> =>
          withSession(engine, points, { components: 3, covarianceType, regCovar: 1e-4 }, async (session) => {
            await session.initialize({ kind: 'labels', labels: classes });
            const bounds: number[] = [];
            for (const count of counts) {
              bounds.push(...(await session.step(count, 0)).map(({ lowerBound }) => lowerBound));
            }
            const { weights, means, covariances } = await session.readParameters();
            return [bounds, Array.from(weights), Array.from(means), Array.from(covariances)];
          });
        const once = await fit([5]);
        for (const other of [await fit([5]), await fit([1, 3, 1])]) {
          other.forEach((values, i) => {
            assertSame(values, once[i], ['bounds', 'weights', 'means', 'covariances'][i]);
          });
        }
      },
    },
  ]),
  {
    name: 'mixture: one component is the sample mean and covariance',
    async run(engine) {
      const points = matrixFromRows([
        [0, 0],
        [2, 0],
        [0, 4],
        [2, 4],
      ]);
      const options = { components: 1, covarianceType: 'full', regCovar: 0.5 } as const;
      await withSession(engine, points, options, async (session) => {
        await session.initialize({ kind: 'labels', labels: new Uint32Array(4) });
        const { weights, means, covariances } = await session.readParameters();
        assertAllClose(weights, [1], 1e-6, 'weights');
        assertAllClose(means, [1, 2], 1e-6, 'means');
        assertAllClose(covariances, [1.5, 0, 0, 4.5], 1e-6, 'covariances');
        const { lowerBound } = await session.evaluate();
        // -log 2 pi - log(1.5 * 4.5) / 2 - (1 / 1.5 + 4 / 4.5) / 2 at each of the four corners
        const expected = -Math.log(2 * Math.PI) - Math.log(6.75) / 2 - (1 / 1.5 + 4 / 4.5) / 2;
        assertClose(lowerBound, expected, 1e-6, 'mean log-likelihood');
        assertAllClose(await session.readLogLikelihoods(), Array(4).fill(expected), 1e-6, 'log-likelihoods');
      });
    },
  },
  {
    name: 'mixture: points left out of the first responsibilities do not count',
    async run(engine) {
      const points = matrixFromRows([[0], [2], [10], [14], [500]]);
      const labels = Uint32Array.of(0, 0, 1, 1, NO_COMPONENT);
      // Variances 1 and 4 of two points each: 2.5 when shared.
      for (const [covarianceType, expected] of [
        ['full', [1, 4]],
        ['tied', [2.5]],
        ['diag', [1, 4]],
        ['spherical', [1, 4]],
      ] as const) {
        await withSession(engine, points, { components: 2, covarianceType, regCovar: 0 }, async (session) => {
          await session.initialize({ kind: 'labels', labels });
          const { weights, means, covariances } = await session.readParameters();
          assertAllClose(weights, [0.5, 0.5], 1e-6, 'weights');
          assertAllClose(means, [1, 12], 1e-6, 'means');
          assertAllClose(covariances, expected, 1e-6, `${covarianceType} covariances`);
        });
      }
    },
  },
  {
    name: 'mixture: a component without points stays finite',
    async run(engine) {
      for (const covarianceType of TYPES) {
        const points = blobs(50, 3, 1, 3).points;
        const options = { components: 2, covarianceType, regCovar: 1e-3 };
        await withSession(engine, points, options, async (session) => {
          await session.initialize({ kind: 'labels', labels: new Uint32Array(50) });
          await session.step(3, 0);
          const { weights, means, covariances } = await session.readParameters();
          for (const values of [weights, means, covariances]) {
            assert(values.every(Number.isFinite), `${covarianceType}: a parameter is not finite`);
          }
        });
      }
    },
  },
  {
    name: 'mixture: points no component explains still have finite likelihoods and responsibilities that sum to 1',
    async run(engine) {
      const points = matrixFromRows([[0], [1], [300], [301]]);
      const options = { components: 2, covarianceType: 'full', regCovar: 0 } as const;
      await withSession(engine, points, options, async (session) => {
        await session.writeParameters({
          weights: Float64Array.of(0.5, 0.5),
          means: Float64Array.of(0, 1),
          covariances: Float64Array.of(1, 1),
        });
        const { lowerBound } = await session.evaluate();
        assert(Number.isFinite(lowerBound), `mean log-likelihood ${lowerBound}`);
        const responsibilities = await session.responsibilities(0, 4);
        for (let i = 0; i < 4; i++) {
          assertClose(responsibilities[2 * i] + responsibilities[2 * i + 1], 1, 1e-5, `sum of row ${i}`);
        }
        assertSame(await session.readLabels(), [0, 1, 1, 1], 'labels');
      });
    },
  },
  {
    name: 'mixture: steps end when the bound moves by less than the tolerance, across calls too',
    async run(engine) {
      const { points, classes } = blobs(300, 2, 3, 1, 0.5);
      const options = { components: 3, covarianceType: 'full', regCovar: 1e-6 } as const;
      await withSession(engine, points, options, async (session) => {
        await session.initialize({ kind: 'labels', labels: classes });
        assert((await session.step(1, 1)).length === 1, 'one iteration');
        assert((await session.step(10, 1)).length === 1, 'expected to stop after one more iteration');
      });
    },
  },
  {
    name: 'mixture: a singular covariance is a typed error',
    async run(engine) {
      const points = matrixFromRows([
        [1, 2],
        [1, 2],
        [1, 2],
        [3, 9],
        [4, 4],
      ]);
      for (const covarianceType of ['full', 'diag', 'spherical'] as const) {
        await withSession(engine, points, { components: 2, covarianceType, regCovar: 0 }, async (session) => {
          await assertRejects(
            () => session.initialize({ kind: 'labels', labels: Uint32Array.of(1, 1, 1, 0, 0) }),
            'SINGULAR_COVARIANCE',
            covarianceType,
          );
        });
      }
    },
  },
  {
    name: 'mixture: one point is evaluated under more components than points',
    async run(engine) {
      const options = { components: 3, covarianceType: 'diag', regCovar: 0 } as const;
      await withSession(engine, matrixFromRows([[2]]), options, async (session) => {
        await session.writeParameters({
          weights: Float64Array.of(0.25, 0.25, 0.5),
          means: Float64Array.of(-200, 200, 2),
          covariances: Float64Array.of(1, 1, 1),
        });
        const expected = Math.log(0.5) - 0.5 * Math.log(2 * Math.PI);
        assertClose((await session.evaluate()).lowerBound, expected, 1e-5, 'lower bound');
        assertSame(await session.readLabels(), [2], 'labels');
      });
    },
  },
  {
    name: 'mixture: bad input is refused with a typed error',
    async run(engine) {
      const points = matrixFromRows([[0], [1], [2]]);
      const options = { components: 2, covarianceType: 'full', regCovar: 1e-6 } as const;
      await assertRejects(
        () => engine.createGaussianMixture(points, { ...options, components: 0 }),
        'INVALID_ARGUMENT',
        'K = 0',
      );
      await withSession(engine, points, options, async (session) => {
        await assertRejects(() => session.step(1, 0), 'STATE', 'step before parameters');
        await assertRejects(
          () => session.initialize({ kind: 'labels', labels: new Uint32Array(2) }),
          'SHAPE',
          'two labels for three points',
        );
        await assertRejects(
          () =>
            session.writeParameters({
              weights: Float64Array.of(0.5, 0.6),
              means: Float64Array.of(0, 1),
              covariances: Float64Array.of(1, 1),
            }),
          'INVALID_ARGUMENT',
          'weights that sum to 1.1',
        );
      });
    },
  },
  {
    name: 'mixture: abort and destroy',
    async run(engine) {
      const { points, classes } = blobs(300, 4, 2, 3);
      const controller = new AbortController();
      const session = await engine.createGaussianMixture(points, {
        components: 2,
        covarianceType: 'full',
        regCovar: 1e-6,
        signal: controller.signal,
      });
      await session.initialize({ kind: 'labels', labels: classes });
      controller.abort();
      await assertRejects(() => session.step(2, 0), 'AbortError', 'step after abort');
      session.destroy();
      session.destroy();
      await assertRejects(() => session.evaluate(), 'STATE', 'evaluate after destroy');
    },
  },
];

/** Initialization from labels, three iterations and an evaluation, beside the reference's. */
async function compareWithReference(
  engine: Engine,
  points: Matrix,
  options: GaussianMixtureSessionOptions,
): Promise<void> {
  const random = new Random(points.rows);
  const labels = Uint32Array.from({ length: points.rows }, (_, i) =>
    i < options.components ? i : random.integer(options.components),
  );
  const [actual, expected] = await both(engine, points, options, async (session) => {
    await session.initialize({ kind: 'labels', labels });
    const first = await session.readParameters();
    const bounds = (await session.step(3, 0)).map(({ lowerBound }) => lowerBound);
    const last = await session.readParameters();
    const { lowerBound } = await session.evaluate();
    return {
      first,
      last,
      bounds: [...bounds, lowerBound],
      logLikelihoods: await session.readLogLikelihoods(),
      labels: await session.readLabels(),
      responsibilities: await session.responsibilities(0, points.rows),
    };
  });
  assertParametersClose(actual.first, expected.first);
  assertAllClose(actual.bounds, expected.bounds, TOLERANCE, 'lower bounds');
  assertParametersClose(actual.last, expected.last, 10);
  assertAllClose(actual.logLikelihoods, expected.logLikelihoods, 10 * TOLERANCE, 'log-likelihoods');
  const k = options.components;
  for (let i = 0; i < points.rows; i++) {
    for (let j = 0; j < k; j++) {
      // Responsibilities amplify what the densities lack in precision.
      assertClose(
        actual.responsibilities[i * k + j],
        expected.responsibilities[i * k + j],
        5e-3,
        `responsibility (${i}, ${j})`,
        1,
      );
    }
    const own = expected.responsibilities[i * k + actual.labels[i]];
    const best = expected.responsibilities[i * k + expected.labels[i]];
    assertClose(own, best, 5e-3, `responsibility of label ${actual.labels[i]} of point ${i}`, 1);
  }
}

function assertParametersClose(
  actual: GaussianMixtureParameters,
  expected: GaussianMixtureParameters,
  slack = 1,
): void {
  assertAllClose(actual.weights, expected.weights, slack * TOLERANCE, 'weights');
  assertAllClose(actual.means, expected.means, slack * TOLERANCE, 'means');
  assertAllClose(actual.covariances, expected.covariances, slack * TOLERANCE, 'covariances');
}

function both<T>(
  engine: Engine,
  points: Matrix,
  options: GaussianMixtureSessionOptions,
  work: (session: GaussianMixtureSession) => Promise<T>,
): Promise<[T, T]> {
  return useBoth(engine, (each) => each.createGaussianMixture(points, options), work);
}

function withSession<T>(
  engine: Engine,
  points: Matrix,
  options: GaussianMixtureSessionOptions,
  work: (session: GaussianMixtureSession) => Promise<T>,
): Promise<T> {
  return useSession(engine.createGaussianMixture(points, options), work);
}
