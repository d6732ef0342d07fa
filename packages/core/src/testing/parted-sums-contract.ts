import type { Engine } from '../engine/engine.ts';
import { GaussianMixture } from '../gmm/gaussian-mixture.ts';
import { COVARIANCE_TYPES, type GaussianMixtureOptions } from '../gmm/types.ts';
import { matrix, type Matrix } from '../matrix.ts';
import { Pca } from '../pca/pca.ts';
import { assert, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs, bytes, sampleWeights } from './datasets.ts';
import { divide } from './divided-points.ts';
import { keepStates } from './keep-states.ts';

const ROWS = 700;

/** The rows at which parts end: at borders of tiles, within them, and a part whose points have no weight. */
const ENDS = [64, 192, 448, 512, ROWS];

const { points: floats } = blobs(ROWS, 6, 3, 3, 2);
const far = matrix(
  Float64Array.from(floats.data, (value, i) => value + 1e6 * (1 + (i % 6))),
  ROWS,
  6,
);
/** The second part has no weight. */
const weights = sampleWeights(ROWS, 5).map((weight, i) => (i >= 64 && i < 192 ? 0 : weight));

interface Fit {
  readonly name: string;
  readonly points: Matrix;
  readonly weights?: Float32Array;
  readonly options?: Partial<GaussianMixtureOptions>;
}

const MIXTURES: readonly Fit[] = [
  ...COVARIANCE_TYPES.map((covarianceType) => ({
    name: covarianceType,
    points: floats,
    options: { covarianceType },
  })),
  { name: 'weights', points: floats, weights },
  { name: 'bytes', points: bytes(ROWS, 5, 2), options: { covarianceType: 'diag' } },
  { name: 'points far from 0', points: far, options: { covarianceType: 'tied' } },
  { name: 'random start', points: floats, options: { init: 'random', covarianceType: 'diag' } },
  { name: 'seeds as a start', points: floats, options: { init: 'k-means++', covarianceType: 'spherical' } },
  { name: 'scaled', points: floats, options: { scaling: 'standardize' } },
];

const PCAS: readonly Omit<Fit, 'options'>[] = [
  { name: 'floats', points: floats },
  { name: 'weights', points: floats, weights },
  { name: 'bytes', points: bytes(ROWS, 5, 2) },
  { name: 'points far from 0', points: far },
];

/**
 * What engines promise of mixtures and principal components in parts: those of one piece up to the rounding of sums, and the
 * same bits for the same parts. An engine that reads parts itself has the bits of one piece.
 */
export const partedSumsContract: readonly ContractCase[] = [
  ...MIXTURES.map(({ name, points, weights, options }) => ({
    name: `a mixture in parts: ${name}`,
    async run(engine: Engine) {
      const estimator = new GaussianMixture({
        clusters: 3,
        maxIterations: 4,
        tolerance: 0,
        ...options,
        engine,
      });
      const expected = await estimator.fit(points, { weights });
      const models = [];
      for (const memoryBytes of [Infinity, 0]) {
        models.push(await estimator.fit(divide(points, ENDS, memoryBytes), { weights }));
      }
      const [resident, passing] = models;
      assertSame(passing.means, resident.means, 'means of parts that come again');
      assertSame(passing.covariances, resident.covariances, 'covariances of parts that come again');
      assertSame(passing.lowerBoundHistory, resident.lowerBoundHistory, 'bounds of parts that come again');
      assertSame(resident.labels, expected.labels, 'labels');
      assertAlike(engine, points, resident.means, expected.means, 'means');
      assertAlike(engine, points, resident.covariances, expected.covariances, 'covariances');
      assertAlike(engine, points, resident.lowerBoundHistory, expected.lowerBoundHistory, 'bounds');
    },
  })),
  {
    name: 'a mixture in parts: a fit goes on from each state that it kept',
    async run(engine: Engine) {
      const estimator = new GaussianMixture({ clusters: 3, maxIterations: 4, tolerance: 0, engine });
      const points = divide(floats, ENDS, 0);
      const { states, checkpoint } = keepStates();
      const expected = await estimator.fit(points, { checkpoint });
      assert(states.length === 4, `${states.length} states were kept`);
      for (const saved of states) {
        const model = await estimator.fit(points, {
          checkpoint: { saved, save: keepStates().checkpoint.save },
        });
        assertSame(model.means, expected.means, 'means');
        assertSame(model.covariances, expected.covariances, 'covariances');
        assertSame(model.lowerBoundHistory, expected.lowerBoundHistory, 'bounds');
        assertSame(model.labels, expected.labels, 'labels');
      }
    },
  },
  ...PCAS.map(({ name, points, weights }) => ({
    name: `principal components in parts: ${name}`,
    async run(engine: Engine) {
      const pca = new Pca({ components: 3, engine });
      const expected = await pca.fit(points, { weights });
      const resident = await pca.fit(divide(points, ENDS, Infinity), { weights });
      const passing = await pca.fit(divide(points, ENDS, 0), { weights });
      assertSame(passing.components.data, resident.components.data, 'components of parts that come again');
      assertAlike(engine, points, resident.components.data, expected.components.data, 'components');
      assertAlike(engine, points, resident.mean, expected.mean, 'mean');
      assertAlike(engine, points, resident.explainedVariance, expected.explainedVariance, 'variances');
    },
  })),
];

/** Parts end at borders of tiles, within which the wasm engine adds floats. */
const ROUNDING: Readonly<Record<string, number>> = { reference: 0, wasm: 1e-9 };
/** Of bytes, the last digit of the center in float32 may be another one. */
const BYTE_ROUNDING: Readonly<Record<string, number>> = { reference: 0, wasm: 1e-7 };
const FLOAT_ROUNDING = 1e-4;

function assertAlike(
  { name }: Engine,
  { data }: Matrix,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  what: string,
): void {
  const greatest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const rounding = data instanceof Uint8Array ? BYTE_ROUNDING : ROUNDING;
  const bound = (rounding[name] ?? FLOAT_ROUNDING) * greatest;
  const off = Array.from(expected).reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i])), 0);
  assert(off <= bound, `${what} in parts differ by ${off} from those in one piece, by more than ${bound}`);
}
