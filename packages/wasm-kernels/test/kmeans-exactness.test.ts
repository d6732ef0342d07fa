import { createReferenceEngine, gatherRows, matrix, Random, type Engine, type Matrix } from '@shoal/core';
import { blobs, bytes, sampleWeights } from '@shoal/core/testing';
import { createWasmEngine, type WasmEngineOptions } from '@shoal/wasm-kernels';
import { afterAll, describe, expect, it } from 'vitest';

const ITERATIONS = 8;

/** Points of which many are equally near to two centroids, or almost. */
function grid(columns: number, rows: number, steps: number): Matrix {
  const random = new Random(columns);
  const data = Float32Array.from({ length: rows * columns }, () => random.integer(steps));
  return matrix(data, rows, columns);
}

/** Tight groups so far apart that int16 cannot distinguish the points of one group. */
function farGroups(columns: number, rows: number): Matrix {
  const random = new Random(columns + 1);
  const data = Float32Array.from({ length: rows * columns }, (_, i) => {
    return (Math.floor(i / columns) % 2 === 0 ? 1e4 : -1e4) + random.normal();
  });
  return matrix(data, rows, columns);
}

function offset(columns: number, rows: number): Matrix {
  const random = new Random(columns + 2);
  return matrix(
    Float32Array.from({ length: rows * columns }, () => 5000 + random.normal()),
    rows,
    columns,
  );
}

function duplicates(columns: number, rows: number): Matrix {
  const { data } = blobs(7, columns, 7, 3).points;
  const one = data as Float32Array;
  return matrix(
    Float32Array.from({ length: rows * columns }, (_, i) => one[i % one.length]),
    rows,
    columns,
  );
}

const cases: readonly { name: string; points: Matrix; clusters: number; weighted?: boolean }[] = [
  { name: 'overlapping blobs, 2 columns', points: blobs(1500, 2, 9, 1, 6).points, clusters: 60 },
  { name: 'overlapping blobs, 15 columns', points: blobs(900, 15, 9, 2, 6).points, clusters: 37 },
  { name: 'overlapping blobs, 16 columns', points: blobs(900, 16, 9, 3, 6).points, clusters: 37 },
  { name: 'overlapping blobs, 130 columns', points: blobs(700, 130, 9, 4, 9).points, clusters: 90 },
  { name: 'weighted blobs', points: blobs(900, 33, 9, 5, 6).points, clusters: 21, weighted: true },
  { name: 'bytes', points: bytes(900, 50, 6), clusters: 23 },
  { name: 'bytes in few columns', points: bytes(900, 5, 7), clusters: 23 },
  { name: 'a grid in 3 columns', points: grid(3, 900, 4), clusters: 15 },
  { name: 'a grid in 20 columns', points: grid(20, 900, 3), clusters: 15 },
  { name: 'far groups, 24 columns', points: farGroups(24, 800), clusters: 12 },
  { name: 'an offset, 24 columns', points: offset(24, 800), clusters: 12 },
  { name: 'duplicates', points: duplicates(18, 800), clusters: 11 },
  { name: 'one cluster', points: blobs(300, 17, 3, 8).points, clusters: 1 },
  { name: 'four clusters', points: blobs(3000, 40, 4, 9, 12).points, clusters: 4 },
];

const variants: readonly (WasmEngineOptions & { title: string })[] = [
  { title: 'Lloyd', threads: 1, pruning: 'none', arithmetic: 'plain' },
  { title: 'Hamerly', threads: 1, pruning: 'hamerly', arithmetic: 'plain' },
  { title: 'Yinyang', threads: 1, pruning: 'yinyang', arithmetic: 'plain' },
  { title: 'Yinyang on three threads', threads: 3, threadingThreshold: 0 },
  { title: 'Lloyd on two threads', threads: 2, threadingThreshold: 0, pruning: 'none' },
];

interface Run {
  readonly labels: readonly Uint32Array[];
  readonly changed: readonly number[];
  readonly inertias: readonly number[];
  readonly centroids: Float32Array | Float64Array;
}

/** Single Lloyd iterations, with the labels of each. */
async function iterate(engine: Engine, { points, clusters, weighted }: (typeof cases)[number]): Promise<Run> {
  const weights = weighted ? sampleWeights(points.rows, 3) : undefined;
  const session = await engine.createKMeans(points, { clusters, weights });
  await session.writeCentroids(gatherRows(points, new Random(clusters).distinct(clusters, points.rows)));
  const labels: Uint32Array[] = [];
  const changed: number[] = [];
  const inertias: number[] = [];
  for (let i = 0; i < ITERATIONS; i++) {
    const [iteration] = await session.step(1, 0);
    labels.push(await session.readLabels());
    changed.push(iteration.changed);
    inertias.push(iteration.inertia);
    if (iteration.empty > 0) break;
  }
  const centroids = await session.readCentroids();
  session.destroy();
  return { labels, changed, inertias, centroids };
}

describe.each(cases)('k-means on $name', (each) => {
  const engines: Engine[] = [];
  const reference = iterate(createReferenceEngine(), each);
  let first: Run | undefined;

  afterAll(() => {
    for (const engine of engines) engine.destroy();
  });

  it.each(variants)(
    '$title gives the labels of float64, and the same bits as every other',
    async (options) => {
      const engine = await createWasmEngine(options);
      engines.push(engine);
      const run = await iterate(engine, each);
      const expected = await reference;
      expect(run.labels).toEqual(expected.labels);
      expect(run.changed).toEqual(expected.changed);
      run.inertias.forEach((inertia, i) => {
        expect(Math.abs(inertia - expected.inertias[i])).toBeLessThanOrEqual(1e-9 * expected.inertias[0]);
      });
      first ??= run;
      expect(run).toEqual(first);
    },
  );
});
