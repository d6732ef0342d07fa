import type { Engine } from '../engine/engine.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import type { KMeansModel } from '../kmeans/model.ts';
import type { KMeansOptions } from '../kmeans/types.ts';
import { matrix, sliceRows, type Matrix } from '../matrix.ts';
import { partedPoints, type PartedPoints } from '../parts/parted-points.ts';
import { assert, assertRejects, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs, bytes, sampleWeights } from './datasets.ts';
import { MiniBatchKMeans } from '../minibatch-kmeans/estimator.ts';
import { divide } from './divided-points.ts';
import { keepStates } from './keep-states.ts';
import { scatter } from './scattered-host.ts';

const ROWS = 700;

/** Other seeds may lead to another inertia, but not to a far greater one. */
const MOST_INERTIA = 1.25;

/** The rows at which parts end: one part, equal ones, uneven ones, parts of one row. */
const DIVISIONS: readonly (readonly number[])[] = [
  [ROWS],
  [350, ROWS],
  [1, 633, ROWS],
  [33, 34, 96, 160, 161, 400, 699, ROWS],
];

interface Fit {
  readonly name: string;
  readonly points: Matrix;
  readonly weights?: Float32Array;
  readonly options: KMeansOptions;
}

const { points: floats } = blobs(ROWS, 7, 5, 3, 2);
const { points: wide } = blobs(ROWS, 19, 5, 4, 2);
const far = matrix(
  Float64Array.from(floats.data, (value, i) => value + 1e7 * (1 + (i % 7))),
  ROWS,
  7,
);
/** As many distinct points as clusters: distances of 0, and sums that cancel. */
const coincident = matrix(
  Float32Array.from({ length: ROWS * 2 }, (_, i) => 1000 + 0.37 * ((Math.floor(i / 2) * 7) % 4)),
  ROWS,
  2,
);

/** Four of the centroids get no points. */
const emptying = matrix(
  Float32Array.from({ length: 6 * 7 }, (_, i) => (i < 14 ? i / 7 : 1e4 + i)),
  6,
  7,
);

const FITS: readonly Fit[] = [
  { name: 'few columns', points: floats, options: { clusters: 5 } },
  { name: 'many columns', points: wide, options: { clusters: 9, seed: 4 } },
  { name: 'weights', points: wide, weights: sampleWeights(ROWS, 8), options: { clusters: 6 } },
  { name: 'bytes', points: bytes(ROWS, 18, 2), options: { clusters: 4 } },
  { name: 'points far from 0', points: far, options: { clusters: 5 } },
  { name: 'cosine', points: wide, options: { clusters: 5, metric: 'cosine' } },
  {
    name: 'k-means||, weights',
    points: floats,
    weights: sampleWeights(ROWS, 3),
    options: { clusters: 6, init: 'k-means||' },
  },
  { name: 'random starts', points: floats, options: { clusters: 5, init: 'random', nInit: 3, tolerance: 0 } },
  { name: 'empty clusters', points: floats, options: { clusters: 6, init: emptying } },
  { name: 'frozen centroids', points: floats, options: { clusters: 6, init: emptying, frozen: 1 } },
  { name: 'coincident points', points: coincident, options: { clusters: 4, tolerance: 0 } },
  { name: 'standardized columns', points: floats, options: { clusters: 5, scaling: 'standardize' } },
];

/** Fits of parts that are held elsewhere, one for each kind of question to them. */
const ELSEWHERE: readonly Fit[] = [
  ...FITS.filter(({ name }) =>
    ['bytes', 'points far from 0', 'cosine', 'empty clusters', 'coincident points'].includes(name),
  ),
  { name: 'k-means||', points: floats, options: { clusters: 6, init: 'k-means||' } },
];

/** What engines promise of k-means in parts: the bits of one piece, or at least those of the same parts. */
export const partsContract: readonly ContractCase[] = [
  ...FITS.map(({ name, points, weights, options }) => ({
    name: `k-means in parts: ${name}`,
    async run(engine: Engine) {
      const estimator = new KMeans({ ...options, engine });
      const expected = await estimator.fit(points, { weights });
      if (!hasExactParts(engine)) return isClose(estimator, points, weights, expected);
      for (const [at, ends] of DIVISIONS.entries()) {
        // All parts stay on the engine, none of them, some, or only bounds of their distances.
        const memoryBytes = [Infinity, 0, 3 * 2 ** 20, 2 ** 17][at % 4];
        const model = await estimator.fit(divide(points, ends, memoryBytes), { weights });
        assertSameModel(model, expected, `parts that end at ${ends.join(', ')}`);
      }
    },
  })),
  ...ELSEWHERE.map(({ name, points, options }) => ({
    name: `k-means of parts that are held elsewhere: ${name}`,
    async run(engine: Engine) {
      const estimator = new KMeans({ ...options, engine });
      const parts = divide(points, DIVISIONS[3], Infinity);
      const expected = await estimator.fit(hasExactParts(engine) ? points : parts);
      const elsewhere = scatter(parts, engine, 1);
      try {
        const model = await estimator.fit(elsewhere.points);
        if (engine.inParts) assertSameClusters(model, expected);
        else assertSameModel(model, expected, 'parts elsewhere');
      } finally {
        elsewhere.destroy();
      }
    },
  })),
  {
    name: 'k-means of parts that are held elsewhere: weights and fitted scalings are errors',
    async run(engine) {
      const elsewhere = scatter(divide(floats, DIVISIONS[1], Infinity), engine, 1);
      const fit = (options: Partial<KMeansOptions>, weights?: Float32Array) => () =>
        new KMeans({ clusters: 3, engine, ...options }).fit(elsewhere.points, { weights });
      await assertRejects(fit({}, sampleWeights(ROWS, 3)), 'UNSUPPORTED', 'weights');
      await assertRejects(fit({ scaling: 'standardize' }), 'UNSUPPORTED', 'a fitted scaling');
      elsewhere.destroy();
    },
  },
  {
    name: 'mini-batch k-means in parts: as in one piece',
    async run(engine) {
      const estimator = new MiniBatchKMeans({
        clusters: 5,
        batchSize: 64,
        maxIterations: 12,
        nInit: 2,
        engine,
      });
      const expected = await estimator.fit(floats);
      for (const memoryBytes of [Infinity, 0]) {
        const model = await estimator.fit(divide(floats, DIVISIONS[3], memoryBytes));
        // A session on a GPU holds its centroids in float32.
        const [centroids, others] = [model, expected].map((one) => Float32Array.from(one.centroids.data));
        assertSame(centroids, others, 'centroids');
        assertSame(model.labels, expected.labels, 'labels');
      }
    },
  },
  {
    name: 'k-means in parts: a fit goes on from each state that it kept',
    async run(engine) {
      const estimator = new KMeans({
        clusters: 6,
        nInit: 2,
        seed: 3,
        init: 'random',
        maxIterations: 6,
        engine,
      });
      const points = divide(wide, DIVISIONS[2], 0);
      const { states, checkpoint } = keepStates();
      const expected = await estimator.fit(points, { checkpoint });
      assert(states.length > 5, `only ${states.length} states were kept`);
      for (const [i, saved] of states.entries()) {
        const model = await estimator.fit(points, {
          checkpoint: { saved, save: keepStates().checkpoint.save },
        });
        assertSameModel(model, expected, `the fit from state ${i}`);
      }
    },
  },
  {
    name: 'k-means in parts: wrong parts, values that are not finite, and an aborted signal are errors',
    async run(engine) {
      const fit = (points: PartedPoints, signal?: AbortSignal) => () =>
        new KMeans({ clusters: 3, engine }).fit(points, { signal });
      const shorter = partedPoints([{ rows: 8, load: async () => sliceRows(floats, 0, 7) }], 7);
      await assertRejects(fit(shorter), 'SHAPE', 'a part with fewer rows than said');
      const data = floats.data.slice();
      data[400 * 7 + 2] = NaN;
      await assertRejects(fit(divide(matrix(data, ROWS, 7), [350, ROWS], 0)), 'DATA', 'NaN');
      const mixed = partedPoints(
        [
          { rows: 10, load: async () => sliceRows(floats, 0, 10) },
          { rows: 10, load: async () => bytes(10, 7, 1) },
        ],
        7,
      );
      await assertRejects(fit(mixed), 'DATA', 'floats and bytes');
      const signal = AbortSignal.abort();
      await assertRejects(fit(divide(floats, [350, ROWS], 0), signal), 'AbortError', 'an aborted fit');
      await assertRejects(async () => partedPoints([], 7), 'SHAPE', 'no parts');
    },
  },
];

/** Whether the sums of an engine do not depend on how points are divided. */
function hasExactParts(engine: Engine): boolean {
  return 'createKMeansPart' in engine || engine.inParts !== undefined;
}

/**
 * Parts that stay on the engine and parts that come again give the same bits. Beside one piece, sums are rounded in other
 * places, which may draw other seeds.
 */
async function isClose(
  estimator: KMeans,
  points: Matrix,
  weights: Float32Array | undefined,
  expected: KMeansModel,
): Promise<void> {
  const ends = DIVISIONS[2];
  const model = await estimator.fit(divide(points, ends, Infinity), { weights });
  assertSameModel(await estimator.fit(divide(points, ends, 0), { weights }), model, 'parts that come again');
  assert(
    model.inertia <= MOST_INERTIA * expected.inertia + Number.EPSILON,
    `an inertia of ${model.inertia} in parts, but of ${expected.inertia} in one piece`,
  );
}

/** Core merges rounded sums of parts, where the engine itself adds row by row. */
function assertSameClusters(model: KMeansModel, expected: KMeansModel): void {
  assert(
    Math.abs(model.inertia - expected.inertia) <= MOST_INERTIA * expected.inertia + Number.EPSILON,
    `an inertia of ${model.inertia} elsewhere, but of ${expected.inertia} in one piece`,
  );
}

function assertSameModel(model: KMeansModel, expected: KMeansModel, what: string): void {
  assertSame(model.labels, expected.labels, `labels of ${what}`);
  assertSame(model.centroids.data, expected.centroids.data, `centroids of ${what}`);
  assertSame(model.inertiaHistory, expected.inertiaHistory, `inertias of ${what}`);
  assertSame(model.frame?.center ?? [], expected.frame?.center ?? [], `center of ${what}`);
  assert(model.warnings.join() === expected.warnings.join(), `warnings of ${what}`);
  assert(model.converged === expected.converged, `convergence of ${what}`);
}
