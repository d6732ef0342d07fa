import type { Engine } from '../engine/engine.ts';
import type { KMeansSessionOptions } from '../engine/kmeans/session.ts';
import { gatherRows, matrix, matrixFromRows, type Matrix } from '../matrix.ts';
import { Random } from '../random.ts';
import { assert, assertAllClose, assertClose, assertRejects, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs, bytes, sampleWeights } from './datasets.ts';
import { both, withSession } from './kmeans-sessions.ts';

/** Relative tolerance of sums and distances between an engine and the float64 reference. */
const TOLERANCE = 1e-5;

/** Rows, columns, clusters: ones, primes, tile sizes and their neighbours, K near N. */
const SHAPES: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [2, 1, 2],
  [7, 1, 3],
  [31, 3, 7],
  [63, 15, 4],
  [64, 16, 16],
  [65, 17, 17],
  [127, 2, 70],
  [129, 33, 5],
  [257, 64, 1],
  [509, 31, 13],
  [1025, 5, 129],
];

/** What every engine's k-means session promises. */
export const kmeansContract: readonly ContractCase[] = [
  ...SHAPES.flatMap(([rows, columns, clusters]) => [
    shapeCase(rows, columns, clusters, 'float32', (seed) => blobs(rows, columns, clusters, seed, 3).points),
    shapeCase(rows, columns, clusters, 'uint8', (seed) => bytes(rows, columns, seed)),
  ]),
  {
    name: 'k-means: four points by hand',
    async run(engine) {
      // scikit-learn's test_kmeans_results: labels, inertia and centroids computed by hand.
      const points = matrixFromRows([
        [0, 0],
        [0.5, 0],
        [0.5, 1],
        [1, 1],
      ]);
      await withSession(engine, points, { clusters: 2 }, async (session) => {
        await session.writeCentroids(Float64Array.of(0, 0, 1, 1));
        const iterations = await session.step(10, 0);
        assert(iterations.length === 2, `expected 2 iterations, got ${iterations.length}`);
        assertSame(
          iterations.map(({ changed }) => changed),
          [4, 0],
          'changed labels',
        );
        assertClose(iterations[0].inertia, 0.5, TOLERANCE, 'first inertia');
        assertClose(iterations[1].inertia, 0.25, TOLERANCE, 'second inertia');
        assertClose(iterations[0].shift, 0.125, TOLERANCE, 'first shift');
        assertSame(await session.readLabels(), [0, 0, 1, 1], 'labels');
        assertAllClose(await session.readCentroids(), [0.25, 0, 0.75, 1], TOLERANCE, 'centroids');
      });
    },
  },
  {
    name: 'k-means: an empty cluster stops the session and leaves the centroids alone',
    async run(engine) {
      const points = matrixFromRows([
        [0, 0],
        [0.5, 0],
        [0.5, 1],
        [1, 1],
      ]);
      await withSession(engine, points, { clusters: 2 }, async (session) => {
        await session.writeCentroids(Float64Array.of(0.5, 0.5, 3, 3));
        const iterations = await session.step(5, 0);
        assert(iterations.length === 1, `expected 1 iteration, got ${iterations.length}`);
        assert(iterations[0].empty === 1, `expected 1 empty cluster, got ${iterations[0].empty}`);
        assert(iterations[0].shift === 0, `expected no shift, got ${iterations[0].shift}`);
        assertAllClose(await session.readCentroids(), [0.5, 0.5, 3, 3], 0, 'centroids');
        const { sums, weights } = await session.readSums();
        assertAllClose(sums, [2, 2, 0, 0], TOLERANCE, 'sums');
        assertAllClose(weights, [4, 0], TOLERANCE, 'weights');
        assertAllClose(await session.readDistances(), [0.5, 0.25, 0.25, 0.5], TOLERANCE, 'distances');
      });
    },
  },
  {
    name: 'k-means: a tie goes to the lowest cluster, duplicates included',
    async run(engine) {
      const points = matrixFromRows([[0], [2], [4], [2]]);
      await withSession(engine, points, { clusters: 3 }, async (session) => {
        await session.writeCentroids(Float64Array.of(1, 3, 3));
        await session.assign();
        assertSame(await session.readLabels(), [0, 0, 1, 0], 'labels');
      });
    },
  },
  {
    name: 'k-means: steps end when the shift is within the tolerance',
    async run(engine) {
      const { points } = blobs(200, 3, 4, 11, 4);
      await withSession(engine, points, { clusters: 4 }, async (session) => {
        await session.writeCentroids(gatherRows(points, [0, 1, 2, 3]));
        assert((await session.step(5, Infinity)).length === 1, 'expected to stop after one iteration');
        const more = await session.step(2, 0);
        assert(more.length === 2 && more[0].changed < 200, 'labels are remembered between calls');
      });
    },
  },
  {
    name: 'k-means: iterations in one call equal iterations one by one, bit for bit, and run to run',
    async run(engine) {
      const { points } = blobs(700, 9, 8, 5, 5);
      const start = gatherRows(points, [3, 14, 15, 92, 65, 35, 89, 79]);
      const once = await run(engine, points, start, [6]);
      const again = await run(engine, points, start, [6]);
      const singly = await run(engine, points, start, [1, 2, 1, 1, 1]);
      for (const other of [again, singly]) {
        assertSame(other.centroids, once.centroids, 'centroids');
        assertSame(other.labels, once.labels, 'labels');
        assertSame(other.inertias, once.inertias, 'inertias');
      }
    },
  },
  {
    name: 'k-means: weights count, and a weight of 0 removes a point',
    async run(engine) {
      const points = blobs(211, 6, 5, 21, 4).points;
      const weights = sampleWeights(211, 4);
      await compareWithReference(engine, points, { clusters: 5, weights });
      await withSession(
        engine,
        matrixFromRows([[1], [1], [5], [5], [100], [100]]),
        {
          clusters: 2,
          weights: Float32Array.of(1, 1, 1, 1, 0, 0),
        },
        async (session) => {
          await session.writeCentroids(Float64Array.of(0, 6));
          await session.step(1, 0);
          assertAllClose(await session.readCentroids(), [1, 5], TOLERANCE, 'centroids');
        },
      );
    },
  },
  {
    name: 'k-means: unit centroids keep length one and stay put when directions cancel out',
    async run(engine) {
      const points = matrixFromRows([
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ]);
      await withSession(engine, points, { clusters: 2, unitCentroids: true }, async (session) => {
        await session.writeCentroids(Float64Array.of(1, 0, -1, 0));
        await session.step(1, 0);
        const r = Math.SQRT1_2;
        const labels = Array.from(await session.readLabels());
        assertSame(labels, [0, 0, 1, 0], 'labels');
        assertAllClose(await session.readCentroids(), [1, 0, -1, 0], TOLERANCE, 'centroids');
        await session.writeCentroids(Float64Array.of(0.8, 0.6, -0.8, -0.6));
        await session.step(1, 0);
        assertAllClose(await session.readCentroids(), [r, r, -r, -r], TOLERANCE, 'centroids');
      });
    },
  },
  {
    name: 'k-means: values far from the origin keep their distances',
    async run(engine) {
      const random = new Random(8);
      const data = Float32Array.from({ length: 400 * 4 }, () => 4096 + random.normal());
      await compareWithReference(engine, matrix(data, 400, 4), { clusters: 6 }, 1e-4);
    },
  },
  {
    name: 'k-means: column moments match the reference',
    async run(engine) {
      for (const points of [blobs(1031, 7, 3, 2).points, bytes(517, 13, 3)]) {
        const weights = sampleWeights(points.rows, 9);
        for (const options of [{ clusters: 1 }, { clusters: 1, weights }]) {
          const [actual, expected] = await both(engine, points, options, (session) =>
            session.columnMoments(),
          );
          assertAllClose(actual.mean, expected.mean, TOLERANCE, 'mean');
          assertAllClose(actual.variance, expected.variance, TOLERANCE, 'variance');
        }
      }
    },
  },
  {
    name: 'k-means: one point is assigned among more centroids than points',
    async run(engine) {
      await withSession(engine, matrixFromRows([[5, 1]]), { clusters: 3 }, async (session) => {
        await session.writeCentroids(Float64Array.of(0, 0, 4, 0, 9, 9));
        assertClose((await session.assign()).inertia, 2, 1e-6, 'inertia');
        assertSame(await session.readLabels(), [1], 'labels');
      });
    },
  },
  {
    name: 'k-means: bad input is refused with a typed error',
    async run(engine) {
      const points = matrixFromRows([[0], [1], [2]]);
      await assertRejects(() => engine.createKMeans(points, { clusters: 0 }), 'INVALID_ARGUMENT', 'K = 0');
      await assertRejects(
        () => engine.createKMeans(points, { clusters: 1, weights: Float32Array.of(1, 1) }),
        'SHAPE',
        'too few weights',
      );
      await assertRejects(
        () => engine.createKMeans(points, { clusters: 1, weights: Float32Array.of(1, NaN, 1) }),
        'INVALID_ARGUMENT',
        'a NaN weight',
      );
      await assertRejects(
        () => engine.createKMeans(matrixFromRows([[0], [NaN]]), { clusters: 1 }),
        'DATA',
        'a NaN value',
      );
      await withSession(engine, points, { clusters: 2 }, async (session) => {
        await assertRejects(
          () => session.writeCentroids(new Float64Array(3)),
          'SHAPE',
          'three centroid values',
        );
      });
    },
  },
  {
    name: 'k-means: an aborted signal stops the work with its reason',
    async run(engine) {
      const controller = new AbortController();
      const { points } = blobs(500, 8, 4, 3);
      await withSession(engine, points, { clusters: 4, signal: controller.signal }, async (session) => {
        await session.writeCentroids(gatherRows(points, [0, 1, 2, 3]));
        controller.abort();
        await assertRejects(() => session.step(3, 0), 'AbortError', 'step after abort');
      });
    },
  },
  {
    name: 'k-means: a destroyed session refuses to work',
    async run(engine) {
      const session = await engine.createKMeans(matrixFromRows([[0], [1]]), { clusters: 1 });
      session.destroy();
      session.destroy();
      await assertRejects(() => session.assign(), 'STATE', 'assign after destroy');
      await assertRejects(() => session.readLabels(), 'STATE', 'readLabels after destroy');
    },
  },
];

function shapeCase(
  rows: number,
  columns: number,
  clusters: number,
  type: string,
  make: (seed: number) => Matrix,
): ContractCase {
  return {
    name: `k-means: ${rows} x ${columns} ${type} in ${clusters} clusters as the reference`,
    run: (engine) => compareWithReference(engine, make(rows + columns), { clusters }),
  };
}

/** One assignment, its distances and sums, and one update, beside the reference's from the same centroids. */
async function compareWithReference(
  engine: Engine,
  points: Matrix,
  options: KMeansSessionOptions,
  tolerance = TOLERANCE,
): Promise<void> {
  const start = gatherRows(points, new Random(points.rows).distinct(options.clusters, points.rows));
  const [actual, expected] = await both(engine, points, options, async (session) => {
    await session.writeCentroids(start);
    const assigned = await session.assign();
    const labels = await session.readLabels();
    const distances = await session.readDistances();
    const { sums, weights } = await session.readSums();
    const all = await session.distancesToCentroids(0, points.rows);
    const [iteration] = await session.step(1, 0);
    return {
      assigned,
      labels,
      distances,
      sums,
      weights,
      all,
      iteration,
      centroids: await session.readCentroids(),
    };
  });
  assertClose(actual.assigned.inertia, expected.assigned.inertia, tolerance, 'inertia', 1e-6);
  assert(
    actual.assigned.changed === points.rows,
    `expected all labels to change, got ${actual.assigned.changed}`,
  );
  assert(
    actual.iteration.changed === 0,
    `expected no label to change again, got ${actual.iteration.changed}`,
  );
  assertAllClose(actual.distances, expected.distances, tolerance, 'distances');
  assertAllClose(actual.all, expected.all, tolerance, 'distances to all centroids');
  let ties = 0;
  for (let i = 0; i < points.rows; i++) {
    if (actual.labels[i] === expected.labels[i]) continue;
    ties++;
    const row = i * options.clusters;
    const largest = expected.all.reduce((a, b) => Math.max(a, b), 0);
    assertClose(
      expected.all[row + actual.labels[i]],
      expected.all[row + expected.labels[i]],
      tolerance,
      `label of point ${i}: distance of cluster ${actual.labels[i]} instead of ${expected.labels[i]}`,
      largest,
    );
  }
  if (ties > 0) return;
  assertAllClose(actual.sums, expected.sums, tolerance, 'sums');
  assertAllClose(actual.weights, expected.weights, tolerance, 'cluster weights');
  assert(actual.iteration.empty === expected.iteration.empty, `empty: ${actual.iteration.empty}`);
  assertAllClose(actual.centroids, expected.centroids, tolerance, 'centroids');
  assertClose(actual.iteration.shift, expected.iteration.shift, 1e-3, 'shift', 1e-6);
}

async function run(
  engine: Engine,
  points: Matrix,
  start: Float64Array,
  counts: readonly number[],
): Promise<{ centroids: ArrayLike<number>; labels: Uint32Array; inertias: number[] }> {
  return withSession(engine, points, { clusters: start.length / points.columns }, async (session) => {
    await session.writeCentroids(start);
    const inertias: number[] = [];
    for (const count of counts)
      inertias.push(...(await session.step(count, 0)).map(({ inertia }) => inertia));
    return { centroids: await session.readCentroids(), labels: await session.readLabels(), inertias };
  });
}
