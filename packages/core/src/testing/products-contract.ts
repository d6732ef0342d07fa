import type { Engine } from '../engine/engine.ts';
import type { MatrixProductSession } from '../engine/products/session.ts';
import type { SessionOptions } from '../engine/session.ts';
import { matrix, matrixFromRows, type Matrix } from '../matrix.ts';
import { Random } from '../random.ts';
import { assertAllClose, assertRejects, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs, bytes, sampleWeights } from './datasets.ts';
import { useBoth, useSession } from './sessions.ts';

/** Tolerance of products between an engine and the float64 reference, relative to the largest element. */
const TOLERANCE = 1e-5;

/** Rows, columns, width: ones, primes, tile sizes and their neighbors, wider than there are columns. */
const SHAPES: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [2, 1, 3],
  [7, 3, 1],
  [31, 2, 40],
  [63, 15, 5],
  [64, 16, 16],
  [65, 17, 17],
  [129, 33, 15],
  [257, 65, 31],
  [511, 64, 4],
  [513, 63, 33],
  [1025, 5, 64],
];

/** What every engine's product session promises. */
export const productsContract: readonly ContractCase[] = [
  ...SHAPES.flatMap(([rows, columns, width]) => [
    shapeCase(rows, columns, width, 'float32', (seed) => blobs(rows, columns, 3, seed, 3).points),
    shapeCase(rows, columns, width, 'uint8', (seed) => bytes(rows, columns, seed)),
  ]),
  {
    name: 'products: three points by hand',
    async run(engine) {
      const points = matrixFromRows([
        [1, 2],
        [3, 4],
        [5, 7],
      ]);
      const weights = Float32Array.of(1, 2, 0);
      // X B = (5, 11, 19)^T; less s = (1, 1): (2, 8, 16)^T.
      const right = Float64Array.of(1, 2);
      await withSession(engine, points, { weights }, async (session) => {
        assertAllClose(await session.multiply(right, 1, 0, 3), [5, 11, 19], TOLERANCE, 'X B');
        assertAllClose(await session.gram(right, 1), [5 + 66, 10 + 88], TOLERANCE, 'X^T W X B');
        await session.writeShift(Float64Array.of(1, 1));
        assertAllClose(
          await session.multiply(right, 1, 1, 2),
          [8, 16],
          TOLERANCE,
          'the last two rows of X B',
        );
        assertAllClose(await session.gram(right, 1), [2 * 16, 2 + 48], TOLERANCE, 'X^T W X B, shifted');
        const { mean, variance } = await session.columnMoments();
        assertAllClose(mean, [7 / 3, 10 / 3], TOLERANCE, 'mean, whatever the shift');
        assertAllClose(variance, [8 / 9, 8 / 9], TOLERANCE, 'variance, whatever the shift');
        await session.writeShift(Float64Array.of(0, 0));
        assertAllClose(await session.gram(right, 1), [71, 98], TOLERANCE, 'without a shift again');
      });
    },
  },
  {
    name: 'products: weights count in moments and gram, not in multiply',
    async run(engine) {
      for (const points of [blobs(613, 19, 4, 6, 2).points, bytes(517, 33, 3)]) {
        await compareWithReference(engine, points, 6, { weights: sampleWeights(points.rows, 8) });
      }
    },
  },
  {
    name: 'products: values far from the origin keep their digits under a shift',
    async run(engine) {
      const random = new Random(8);
      const data = Float32Array.from({ length: 700 * 9 }, () => 4096 + random.normal());
      const points = matrix(data, 700, 9);
      const right = randomRight(9, 4);
      const [actual, expected] = await both(engine, points, {}, async (session) => {
        await session.writeShift(new Float64Array(9).fill(4096));
        return { product: await session.multiply(right, 4, 0, 700), gram: await session.gram(right, 4) };
      });
      assertAllClose(actual.product, expected.product, TOLERANCE, 'product');
      assertAllClose(actual.gram, expected.gram, TOLERANCE, 'gram');
    },
  },
  {
    name: 'products: sums over many rows keep their digits',
    async run(engine) {
      // Away from the mean all terms have the same sign, so rounding errors do not cancel out.
      const random = new Random(2);
      const data = Float32Array.from({ length: 40_000 * 3 }, () => 1 + random.uniform());
      const right = randomRight(3, 2).map(Math.abs);
      const points = matrix(data, 40_000, 3);
      const [actual, expected] = await both(engine, points, {}, (session) => session.gram(right, 2));
      assertAllClose(actual, expected, 2e-6, 'gram');
    },
  },
  {
    name: 'products: bit-identical from run to run',
    async run(engine) {
      const { points } = blobs(2049, 21, 5, 7, 2);
      const right = randomRight(21, 13);
      const work = () =>
        withSession(engine, points, { weights: sampleWeights(2049, 1) }, async (session) => {
          await session.writeShift((await session.columnMoments()).mean);
          const first = await session.gram(right, 13);
          assertSame(await session.gram(right, 13), first, 'gram of the same session');
          return { first, product: await session.multiply(right, 13, 100, 1900) };
        });
      const [once, again] = [await work(), await work()];
      assertSame(again.first, once.first, 'gram');
      assertSame(again.product, once.product, 'product');
    },
  },
  {
    name: 'products: a product of some rows equals those rows of the whole, none included',
    async run(engine) {
      const points = bytes(300, 11, 9);
      const right = randomRight(11, 5);
      await withSession(engine, points, {}, async (session) => {
        const all = await session.multiply(right, 5, 0, 300);
        for (const [start, count] of [
          [0, 1],
          [63, 2],
          [1, 299],
          [128, 64],
          [299, 1],
          [17, 0],
        ]) {
          const part = await session.multiply(right, 5, start, count);
          const expected = all.subarray(5 * start, 5 * (start + count));
          assertAllClose(part, expected, TOLERANCE, `${count} rows from ${start}`);
        }
      });
    },
  },
  {
    name: 'products: bad input is refused with a typed error',
    async run(engine) {
      const points = matrixFromRows([
        [0, 1],
        [1, 5],
        [2, 2],
      ]);
      await assertRejects(
        () => engine.createMatrixProducts(points, { weights: Float32Array.of(1, 1) }),
        'SHAPE',
        'too few weights',
      );
      await assertRejects(
        () => engine.createMatrixProducts(points, { weights: Float32Array.of(1, -1, 1) }),
        'INVALID_ARGUMENT',
        'a negative weight',
      );
      await assertRejects(
        () => engine.createMatrixProducts(matrixFromRows([[0], [Infinity]])),
        'DATA',
        'an infinity',
      );
      await withSession(engine, points, {}, async (session) => {
        const right = new Float64Array(4);
        await assertRejects(() => session.writeShift(new Float64Array(3)), 'SHAPE', 'three shifts');
        await assertRejects(() => session.gram(right, 3), 'SHAPE', 'four values for width 3');
        await assertRejects(() => session.multiply(right, 1, 0, 1), 'SHAPE', 'four values for width 1');
        await assertRejects(() => session.gram(right, 0), 'INVALID_ARGUMENT', 'width 0');
        await assertRejects(() => session.gram(right, 1.5), 'INVALID_ARGUMENT', 'width 1.5');
        await assertRejects(() => session.multiply(right, 2, 2, 2), 'INVALID_ARGUMENT', 'row 3 of 3');
        await assertRejects(() => session.multiply(right, 2, -1, 1), 'INVALID_ARGUMENT', 'row -1');
      });
    },
  },
  {
    name: 'products: an aborted signal stops the work with its reason',
    async run(engine) {
      const controller = new AbortController();
      const { points } = blobs(500, 8, 4, 3);
      await withSession(engine, points, { signal: controller.signal }, async (session) => {
        controller.abort();
        const right = new Float64Array(8);
        await assertRejects(() => session.gram(right, 1), 'AbortError', 'gram after abort');
        await assertRejects(() => session.multiply(right, 1, 0, 500), 'AbortError', 'multiply after abort');
      });
    },
  },
  {
    name: 'products: a destroyed session refuses to work',
    async run(engine) {
      const session = await engine.createMatrixProducts(matrixFromRows([[0], [1]]));
      session.destroy();
      session.destroy();
      await assertRejects(() => session.columnMoments(), 'STATE', 'columnMoments after destroy');
      await assertRejects(() => session.writeShift(Float64Array.of(0)), 'STATE', 'writeShift after destroy');
      await assertRejects(() => session.gram(Float64Array.of(1), 1), 'STATE', 'gram after destroy');
      await assertRejects(
        () => session.multiply(Float64Array.of(1), 1, 0, 1),
        'STATE',
        'multiply after destroy',
      );
    },
  },
];

function shapeCase(
  rows: number,
  columns: number,
  width: number,
  type: string,
  make: (seed: number) => Matrix,
): ContractCase {
  return {
    name: `products: ${rows} x ${columns} ${type} times ${columns} x ${width} as the reference`,
    run: (engine) => compareWithReference(engine, make(rows + columns), width),
  };
}

/** Moments, and products without and with a shift, beside the reference's. */
async function compareWithReference(
  engine: Engine,
  points: Matrix,
  width: number,
  options: SessionOptions = {},
): Promise<void> {
  const { rows, columns } = points;
  const right = randomRight(columns, width);
  const shift = Float64Array.from(randomRight(columns, 1), Math.fround);
  const [actual, expected] = await both(engine, points, options, async (session) => {
    const products = async (): Promise<readonly [Float32Array, Float64Array]> => [
      await session.multiply(right, width, 0, rows),
      await session.gram(right, width),
    ];
    const plain = await products();
    await session.writeShift(shift);
    return { plain, shifted: await products(), moments: await session.columnMoments() };
  });
  assertAllClose(actual.moments.mean, expected.moments.mean, TOLERANCE, 'mean');
  assertAllClose(actual.moments.variance, expected.moments.variance, TOLERANCE, 'variance');
  for (const which of ['plain', 'shifted'] as const) {
    assertAllClose(actual[which][0], expected[which][0], TOLERANCE, `${which} product`);
    assertAllClose(actual[which][1], expected[which][1], TOLERANCE, `${which} gram`);
  }
}

/** A matrix of standard normal values, rows x width. */
function randomRight(rows: number, width: number): Float64Array {
  const random = new Random(rows + width);
  return Float64Array.from({ length: rows * width }, () => random.normal());
}

function both<T>(
  engine: Engine,
  points: Matrix,
  options: SessionOptions,
  work: (session: MatrixProductSession) => Promise<T>,
): Promise<[T, T]> {
  return useBoth(engine, (each) => each.createMatrixProducts(points, options), work);
}

function withSession<T>(
  engine: Engine,
  points: Matrix,
  options: SessionOptions,
  work: (session: MatrixProductSession) => Promise<T>,
): Promise<T> {
  return useSession(engine.createMatrixProducts(points, options), work);
}
