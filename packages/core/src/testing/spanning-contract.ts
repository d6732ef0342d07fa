import { radiusComponents } from '../density/radius-components.ts';
import { spanningTree, type SpanningTree } from '../density/spanning-tree.ts';
import type { Engine } from '../engine/engine.ts';
import { createReferenceEngine } from '../engine/reference/index.ts';
import type { SpanningSession } from '../engine/spanning/session.ts';
import { gatherRows, matrix, matrixFromRows, type Matrix } from '../matrix.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import { Random } from '../random.ts';
import { assert, assertAllClose, assertRejects, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs, bytes } from './datasets.ts';
import { useSession } from './sessions.ts';

/** Tolerance between an engine and the float64 reference, relative to the largest distance. */
const TOLERANCE = 4e-6;

/** Rows, columns, samples, and whether bytes too: the least, primes, leaf and tile sizes and their neighbors. */
const SHAPES: readonly (readonly [number, number, number, boolean])[] = [
  [2, 1, 1, false],
  [3, 2, 0, false],
  [17, 3, 16, true],
  [65, 17, 5, false],
  [129, 1, 3, true],
  [257, 50, 40, false],
  [600, 40, 5, true],
];

/** What every engine's sessions for spanning trees and radii promise. */
export const spanningContract: readonly ContractCase[] = [
  ...SHAPES.flatMap(([rows, columns, minSamples, withBytes]) => {
    const seed = rows + columns;
    const floats = shapeCase('float32', blobs(rows, columns, 4, seed, 2).points, minSamples);
    return withBytes ? [floats, shapeCase('uint8', bytes(rows, columns, seed), minSamples)] : [floats];
  }),
  {
    name: 'spanning: core distances and shortest edges of five points by hand',
    async run(engine) {
      await withSession(engine, matrixFromRows([[0], [1], [3], [7], [8]]), 2, async (session) => {
        assertSame(await session.coreSquares(), [9, 4, 9, 16, 25], 'squared core distances');
        const edges = await session.leastEdges(Uint32Array.of(0, 0, 1, 2, 2), 3);
        assertSame(edges.from, [1, 2, 3], 'rows inside');
        assertSame(edges.to, [2, 1, 2], 'rows outside');
        assertSame(edges.weights, [9, 9, 16], 'weights');
        assertSame(edges.squares, [4, 4, 16], 'squared distances');
        const other = await session.leastEdges(Uint32Array.of(0, 0, 0, 1, 1), 2, 0);
        assertSame(other.from, [0, 3], 'rows inside, with a component spared');
        assertSame(other.to, [0, 2], 'rows outside, with a component spared');
        assertSame(other.weights, [Infinity, 16], 'weights, with a component spared');
        assertSame(other.squares, [Infinity, 16], 'squared distances, with a component spared');
        const all = await session.leastEdges(Uint32Array.of(0, 0, 0, 1, 1), 2);
        assertSame(all.from, [2, 3], 'rows inside, after one was spared');
        assertSame(all.to, [3, 2], 'rows outside, after one was spared');
      });
    },
  },
  {
    name: 'spanning: on a grid with copies, where most edges are tied, the tree is the one of the reference',
    async run(engine) {
      for (const minSamples of [0, 4, 9]) {
        const [actual, expected] = await treesOf(engine, tiedPoints(23, 19), minSamples);
        assertSame(actual.from, expected.from, 'lower rows');
        assertSame(actual.to, expected.to, 'higher rows');
        assertSame(actual.weights, expected.weights, 'weights');
      }
    },
  },
  {
    name: 'spanning: equal points are at distance 0',
    async run(engine) {
      const { weights } = await spanningTree(engine, matrix(new Float32Array(300).fill(2.5), 100, 3), {
        minSamples: 5,
      });
      assertSame(weights, new Float64Array(99), 'weights');
    },
  },
  {
    name: 'spanning: near points of a set that has a distant one keep their digits',
    async run(engine) {
      const random = new Random(3);
      const data = Float64Array.from({ length: 400 * 3 }, () => 1e6 + random.normal());
      data.fill(1.1e6, 0, 3);
      await compareTrees(engine, matrix(data, 400, 3), 5, 1e-6);
    },
  },
  {
    name: 'spanning: points within a radius, and the components of core points, by hand',
    async run(engine) {
      // In the order of their places: -2 -2 -1 | 0 | 1 2 2, and 9 alone.
      const points = matrixFromRows([[0], [1], [2], [2], [9], [-1], [-2], [-2]]);
      await withSession(engine, points, 0, async (session) => {
        assertSame(await session.countWithin(1), [3, 4, 3, 3, 1, 4, 3, 3], 'counts');
        const isCore = Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1);
        const lowest = await session.joinWithin(1, isCore);
        assertSame(lowest, [1, 1, 1, 1, NO_CLUSTER, 5, 5, 5], 'lowest core rows');
      });
    },
  },
  {
    name: 'spanning: components within a radius as the reference',
    async run(engine) {
      for (const [points, radius] of [
        [blobs(500, 3, 12, 5, 0.5).points, 0.6],
        [bytes(300, 4, 8), 0.21],
        [blobs(600, 30, 6, 2, 1).points, 6.5],
      ] as const) {
        const options = { radius, minSamples: 4 };
        const actual = await radiusComponents(engine, points, options);
        const expected = await radiusComponents(createReferenceEngine(), points, options);
        assertSame(actual.isCore, expected.isCore, 'core points');
        assertSame(actual.components, expected.components, 'components');
        assert(expected.count > 1, `${expected.count} components test little`);
      }
    },
  },
  {
    name: 'spanning: cosine distances as the reference',
    async run(engine) {
      const { points } = blobs(200, 6, 4, 9, 2);
      const options = { minSamples: 4, metric: 'cosine' } as const;
      const actual = await spanningTree(engine, points, options);
      const expected = await spanningTree(createReferenceEngine(), points, options);
      assertAllClose(actual.weights, expected.weights, TOLERANCE, 'weights');
    },
  },
  {
    name: 'spanning: bit-identical from run to run',
    async run(engine) {
      const { points } = blobs(500, 12, 6, 7, 2);
      const [once, again] = [
        await spanningTree(engine, points, { minSamples: 6 }),
        await spanningTree(engine, points, { minSamples: 6 }),
      ];
      assertSame(again.from, once.from, 'lower rows');
      assertSame(again.to, once.to, 'higher rows');
      assertSame(again.weights, once.weights, 'weights');
    },
  },
  {
    name: 'spanning: bad input is refused with a typed error',
    async run(engine) {
      const points = matrixFromRows([[0], [1], [2]]);
      for (const minSamples of [-1, 1.5, 3]) {
        await assertRejects(
          () => engine.createSpanning(points, { minSamples }),
          'INVALID_ARGUMENT',
          `${minSamples} samples of 3 points`,
        );
      }
      await assertRejects(
        () => engine.createSpanning(matrixFromRows([[0], [NaN]]), { minSamples: 1 }),
        'DATA',
        'a NaN',
      );
      await withSession(engine, points, 1, async (session) => {
        const refused: readonly (readonly [Uint32Array, number, string])[] = [
          [Uint32Array.of(0, 1), 2, 'SHAPE'],
          [Uint32Array.of(0, 0, 0), 1, 'INVALID_ARGUMENT'],
          [Uint32Array.of(0, 1, 2), 2, 'INVALID_ARGUMENT'],
          [Uint32Array.of(0, 2, 2), 3, 'INVALID_ARGUMENT'],
        ];
        for (const [components, count, kind] of refused) {
          await assertRejects(() => session.leastEdges(components, count), kind, components.join());
        }
        await assertRejects(() => session.countWithin(-1), 'INVALID_ARGUMENT', 'a negative radius');
        await assertRejects(() => session.joinWithin(1, Uint8Array.of(1)), 'SHAPE', 'one core point');
      });
    },
  },
  {
    name: 'spanning: an aborted signal stops the work with its reason',
    async run(engine) {
      const controller = new AbortController();
      const options = { minSamples: 3, signal: controller.signal };
      await useSession(engine.createSpanning(blobs(500, 8, 4, 3).points, options), async (session) => {
        controller.abort();
        await assertRejects(() => session.coreSquares(), 'AbortError', 'core distances after abort');
        await assertRejects(() => session.countWithin(1), 'AbortError', 'counts after abort');
      });
    },
  },
  {
    name: 'spanning: progress comes to the end',
    async run(engine) {
      const seen = new Map<string, number>();
      await spanningTree(engine, blobs(300, 3, 4, 3).points, {
        minSamples: 3,
        onProgress: ({ phase, completed }) => {
          assert(completed >= (seen.get(phase) ?? 0), `${phase} went back to ${completed}`);
          seen.set(phase, completed);
        },
      });
      assertSame([...seen.values()], [300, 299], 'last progress');
    },
  },
];

function shapeCase(type: string, points: Matrix, minSamples: number): ContractCase {
  return {
    name: `spanning: ${points.rows} x ${points.columns} ${type}, ${minSamples} samples as the reference`,
    run: (engine) => compareTrees(engine, points, minSamples, TOLERANCE),
  };
}

/**
 * The weights are the reference's, and each edge really has its weight. Of two edges whose weights differ only by rounding, either
 * may be in the tree.
 */
async function compareTrees(
  engine: Engine,
  points: Matrix,
  minSamples: number,
  tolerance: number,
): Promise<void> {
  const [actual, expected] = await treesOf(engine, points, minSamples);
  assertAllClose(actual.coreDistances, expected.coreDistances, tolerance, 'core distances');
  assertAllClose(actual.weights, expected.weights, tolerance, 'weights');
  const { columns } = points;
  const values = gatherRows(
    points,
    Uint32Array.from({ length: points.rows }, (_, i) => i),
  );
  const real = actual.weights.map((_, edge) => {
    const [from, to] = [actual.from[edge], actual.to[edge]];
    assert(from < to && to < points.rows, `edge ${edge} is from ${from} to ${to}`);
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += (values[from * columns + j] - values[to * columns + j]) ** 2;
    return Math.max(expected.coreDistances[from], expected.coreDistances[to], Math.sqrt(sum));
  });
  assertAllClose(actual.weights, real, tolerance, 'real weights');
}

async function treesOf(
  engine: Engine,
  points: Matrix,
  minSamples: number,
): Promise<[actual: SpanningTree, expected: SpanningTree]> {
  return [
    await spanningTree(engine, points, { minSamples }),
    await spanningTree(createReferenceEngine(), points, { minSamples }),
  ];
}

/** Whole points on a line of `width`, then the next line; every seventh one is a copy of the one before. */
function tiedPoints(width: number, height: number): Matrix {
  const data = new Float32Array(2 * width * height);
  for (let i = 0; i < width * height; i++) {
    const at = i % 7 === 6 ? i - 1 : i;
    data.set([at % width, Math.floor(at / width)], 2 * i);
  }
  return matrix(data, width * height, 2);
}

function withSession<T>(
  engine: Engine,
  points: Matrix,
  minSamples: number,
  work: (session: SpanningSession) => Promise<T>,
): Promise<T> {
  return useSession(engine.createSpanning(points, { minSamples }), work);
}
