import type { Engine } from '../engine/engine.ts';
import type { Neighbors, NeighborSearchSession } from '../engine/neighbors/session.ts';
import { matrix, matrixFromRows, sliceRows, type Matrix } from '../matrix.ts';
import { Random } from '../random.ts';
import { assert, assertAllClose, assertClose, assertRejects, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs, bytes } from './datasets.ts';
import { useBoth, useSession } from './sessions.ts';

/** Tolerance of distances between an engine and the float64 reference, relative. */
const TOLERANCE = 2e-6;

/** Rows, columns, neighbors: the least, primes, tile sizes and their neighbors, all others. */
const SHAPES: readonly (readonly [number, number, number])[] = [
  [2, 1, 1],
  [3, 2, 2],
  [17, 3, 16],
  [31, 16, 5],
  [63, 15, 15],
  [64, 64, 7],
  [65, 17, 64],
  [129, 33, 16],
  [257, 50, 15],
  [511, 7, 32],
  [513, 10, 17],
  [1025, 5, 15],
  [140, 784, 15],
];

/** What every engine's search for nearest neighbors promises. */
export const neighborsContract: readonly ContractCase[] = [
  ...SHAPES.flatMap(([rows, columns, neighbors]) => [
    shapeCase(rows, columns, neighbors, 'float32', (seed) => blobs(rows, columns, 3, seed, 3).points),
    shapeCase(rows, columns, neighbors, 'uint8', (seed) => bytes(rows, columns, seed)),
  ]),
  {
    name: 'neighbors: five points by hand, ties to the lowest row',
    async run(engine) {
      const points = matrixFromRows([[0], [1], [2], [10], [2]]);
      await withSearch(engine, points, 3, async (search) => {
        const { indices, distances } = await search.nearestToRows(0, 5);
        assertSame(indices, [1, 2, 4, 0, 2, 4, 4, 1, 0, 2, 4, 1, 2, 1, 0], 'indices');
        assertAllClose(distances, [1, 2, 2, 1, 1, 1, 0, 1, 2, 8, 8, 9, 0, 1, 2], TOLERANCE, 'distances');
        const found = await search.nearestTo(matrixFromRows([[1.5], [10]]));
        assertSame(found.indices, [1, 2, 4, 3, 2, 4], 'indices of queries');
        assertAllClose(found.distances, [0.5, 0.5, 0.5, 0, 8, 8], TOLERANCE, 'distances of queries');
      });
    },
  },
  {
    name: 'neighbors: on a grid, where most are tied, the lowest rows win',
    async run(engine) {
      const points = grid(23, 19);
      const [actual, expected] = await useBoth(
        engine,
        (each) => each.createNeighborSearch(points, { neighbors: 13 }),
        (search) => search.nearestToRows(0, points.rows),
      );
      assertSame(actual.indices, expected.indices, 'indices');
    },
  },
  {
    name: 'neighbors: duplicates find each other at distance 0, and never themselves',
    async run(engine) {
      const points = matrix(new Float32Array(40 * 6).fill(3.25), 40, 6);
      await withSearch(engine, points, 4, async (search) => {
        const { indices, distances } = await search.nearestToRows(0, 40);
        assertSame(distances, new Float32Array(160), 'distances');
        assertSame(indices.subarray(0, 4), [1, 2, 3, 4], 'neighbors of row 0');
        assertSame(indices.subarray(8, 12), [0, 1, 3, 4], 'neighbors of row 2');
        assertSame(indices.subarray(156), [0, 1, 2, 3], 'neighbors of row 39');
      });
    },
  },
  {
    name: 'neighbors: a part equals those rows of the whole, none included',
    async run(engine) {
      const { points } = blobs(300, 9, 4, 5, 3);
      await withSearch(engine, points, 6, async (search) => {
        const all = await search.nearestToRows(0, 300);
        for (const [start, count] of [
          [0, 1],
          [63, 66],
          [1, 299],
          [299, 1],
          [17, 0],
        ]) {
          const part = await search.nearestToRows(start, count);
          assertSame(part.indices, all.indices.subarray(6 * start, 6 * (start + count)), 'indices');
          assertSame(part.distances, all.distances.subarray(6 * start, 6 * (start + count)), 'distances');
        }
      });
    },
  },
  {
    name: 'neighbors: other points find what the reference finds, themselves included',
    async run(engine) {
      for (const points of [blobs(400, 12, 4, 5, 3).points, bytes(333, 20, 7)]) {
        const queries = sliceRows(points, 100, 231);
        const [actual, expected] = await useBoth(
          engine,
          (each) => each.createNeighborSearch(points, { neighbors: 9 }),
          (search) => search.nearestTo(queries),
        );
        assertNear(actual, expected, points, queries, 9);
        for (let i = 0; i < queries.rows; i++) {
          assert(actual.distances[9 * i] === 0, `query ${i}: its own distance is ${actual.distances[9 * i]}`);
        }
      }
    },
  },
  {
    name: 'neighbors: points far from the origin keep their digits',
    async run(engine) {
      const random = new Random(4);
      const data = Float32Array.from({ length: 500 * 7 }, () => 4096 + random.normal());
      await compareWithReference(engine, matrix(data, 500, 7), 8);
    },
  },
  {
    name: 'neighbors: bit-identical from run to run',
    async run(engine) {
      const { points } = blobs(700, 21, 5, 7, 2);
      const search = () => withSearch(engine, points, 12, (session) => session.nearestToRows(0, 700));
      const [once, again] = [await search(), await search()];
      assertSame(again.indices, once.indices, 'indices');
      assertSame(again.distances, once.distances, 'distances');
    },
  },
  {
    name: 'neighbors: bad input is refused with a typed error',
    async run(engine) {
      const points = matrixFromRows([
        [0, 1],
        [1, 5],
        [2, 2],
      ]);
      for (const neighbors of [0, 1.5, 3]) {
        await assertRejects(
          () => engine.createNeighborSearch(points, { neighbors }),
          'INVALID_ARGUMENT',
          `${neighbors} neighbors of 3 points`,
        );
      }
      await assertRejects(
        () => engine.createNeighborSearch(matrixFromRows([[0], [NaN]]), { neighbors: 1 }),
        'DATA',
        'a NaN',
      );
      await withSearch(engine, points, 2, async (search) => {
        await assertRejects(() => search.nearestToRows(2, 2), 'INVALID_ARGUMENT', 'row 3 of 3');
        await assertRejects(() => search.nearestToRows(-1, 1), 'INVALID_ARGUMENT', 'row -1');
        await assertRejects(() => search.nearestTo(matrixFromRows([[1]])), 'SHAPE', 'a query of one column');
        await assertRejects(() => search.nearestTo(matrixFromRows([[1, Infinity]])), 'DATA', 'an infinity');
      });
    },
  },
  {
    name: 'neighbors: an aborted signal stops the work with its reason',
    async run(engine) {
      const controller = new AbortController();
      const options = { neighbors: 3, signal: controller.signal };
      await useSession(engine.createNeighborSearch(blobs(500, 8, 4, 3).points, options), async (search) => {
        controller.abort();
        await assertRejects(() => search.nearestToRows(0, 500), 'AbortError', 'a search after abort');
      });
    },
  },
  {
    name: 'neighbors: a destroyed search refuses to work',
    async run(engine) {
      const search = await engine.createNeighborSearch(matrixFromRows([[0], [1]]), { neighbors: 1 });
      search.destroy();
      search.destroy();
      await assertRejects(() => search.nearestToRows(0, 1), 'STATE', 'nearestToRows after destroy');
      await assertRejects(() => search.nearestTo(matrixFromRows([[0]])), 'STATE', 'nearestTo after destroy');
    },
  },
];

function shapeCase(
  rows: number,
  columns: number,
  neighbors: number,
  type: string,
  make: (seed: number) => Matrix,
): ContractCase {
  return {
    name: `neighbors: ${neighbors} of ${rows} x ${columns} ${type} as the reference`,
    run: (engine) => compareWithReference(engine, make(rows + columns), neighbors),
  };
}

/** Whole points on a line of `width`, then the next line. */
function grid(width: number, height: number): Matrix {
  const data = new Float32Array(2 * width * height);
  for (let i = 0; i < width * height; i++) data.set([i % width, Math.floor(i / width)], 2 * i);
  return matrix(data, width * height, 2);
}

async function compareWithReference(engine: Engine, points: Matrix, neighbors: number): Promise<void> {
  const [actual, expected] = await useBoth(
    engine,
    (each) => each.createNeighborSearch(points, { neighbors }),
    (search) => search.nearestToRows(0, points.rows),
  );
  assertNear(actual, expected, points, points, neighbors);
}

/**
 * The distances are the reference's, and each row is really at its distance. Of two rows whose distances differ only by
 * rounding, either may come first.
 */
function assertNear(
  actual: Neighbors,
  expected: Neighbors,
  points: Matrix,
  queries: Matrix,
  neighbors: number,
): void {
  const largest = expected.distances.reduce((most, distance) => Math.max(most, distance), 0);
  assertSame([actual.indices.length], [expected.indices.length], 'number of indices');
  for (let at = 0; at < expected.distances.length; at++) {
    const query = Math.floor(at / neighbors);
    const what = `neighbor ${at % neighbors} of row ${query}`;
    const row = actual.indices[at];
    assert(row < points.rows, `${what} is row ${row}, which does not exist`);
    assertClose(actual.distances[at], expected.distances[at], TOLERANCE, what, largest);
    assertClose(distance(queries, query, points, row), expected.distances[at], TOLERANCE, what, largest);
  }
  for (let query = 0; query < queries.rows; query++) {
    const rows = actual.indices.subarray(query * neighbors, (query + 1) * neighbors);
    assertSame([new Set(rows).size], [neighbors], `different neighbors of row ${query}`);
  }
}

function distance(a: Matrix, i: number, b: Matrix, j: number): number {
  let sum = 0;
  for (let c = 0; c < a.columns; c++) {
    const difference = a.data[i * a.columns + c] * a.scale - b.data[j * b.columns + c] * b.scale;
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

function withSearch<T>(
  engine: Engine,
  points: Matrix,
  neighbors: number,
  work: (search: NeighborSearchSession) => Promise<T>,
): Promise<T> {
  return useSession(engine.createNeighborSearch(points, { neighbors }), work);
}
