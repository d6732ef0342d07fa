import type { KMeansSession, KMeansSessionOptions } from '../engine/kmeans/session.ts';
import { matrix, matrixFromRows, type Matrix } from '../matrix.ts';
import { drawSeedsOneByOne } from '../engine/arithmetic/draw-seeds.ts';
import { Random } from '../random.ts';
import { assert, assertAllClose, assertClose, assertRejects, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs, bytes, sampleWeights } from './datasets.ts';
import { both, withSession } from './kmeans-sessions.ts';

/** Relative tolerance of potentials and weights between an engine and the float64 reference. */
const TOLERANCE = 1e-5;

const UNIFORMS = Float64Array.of(0, 0.123, 0.5, 0.77, 0.999);

/** What every engine's k-means session promises about seeds. */
export const seedingContract: readonly ContractCase[] = [
  {
    name: 'k-means: seeding potentials, sampling and rows match the reference',
    async run(engine) {
      await forEachInput(async (points, options) => {
        const [actual, expected] = await both(engine, points, options, seedings);
        assertAllClose(actual.potentials, expected.potentials, TOLERANCE, 'potentials');
        // Scaled bytes are not float32 values: the reference keeps them in float64.
        const rounded =
          actual.rows instanceof Float64Array ? expected.rows : Float32Array.from(expected.rows);
        assertSame(actual.rows, rounded, 'rows');
        assertSame(actual.drawn, expected.drawn, 'drawn rows');
        for (const row of actual.drawn) {
          assert(options.weights === undefined || options.weights[row] > 0, `drew row ${row} of weight 0`);
        }
      });
    },
  },
  {
    name: 'k-means: seeding with several rows at once equals one by one',
    async run(engine) {
      const rows = new Random(3).distinct(40, 300);
      await forEachInput(async (points, options) => {
        const add = (pieces: readonly number[]): Promise<Seeded> =>
          withSession(engine, points, options, async (session) => {
            await session.resetSeeds();
            let start = 0;
            for (const count of pieces) await session.addSeeds(rows.subarray(start, (start += count)));
            return readSeeded(session);
          });
        const singly = await add(Array<number>(40).fill(1));
        for (const pieces of [[40], [1, 16, 0, 17, 6]]) {
          const together = await add(pieces);
          assertSame(together.drawn, singly.drawn, `rows drawn after ${pieces.join(' + ')} seeds`);
          assertSame(together.weights, singly.weights, `weights of ${pieces.join(' + ')} seeds`);
          assertAllClose(together.potentials, singly.potentials, TOLERANCE, 'potentials');
        }
      });
    },
  },
  {
    name: 'k-means: seeding weights match the reference and sum to the total weight',
    async run(engine) {
      await forEachInput(async (points, options) => {
        for (const count of [1, 15, 17, 129, 299]) {
          const rows = new Random(count).distinct(count, 300);
          const [actual, expected] = await both(engine, points, options, async (session) => {
            await session.addSeeds(rows);
            return session.seedWeights();
          });
          assertAllClose(actual, expected, TOLERANCE, `weights of ${count} seeds`);
          const all = options.weights?.reduce((sum, weight) => sum + weight, 0) ?? points.rows;
          assertClose(
            actual.reduce((sum, weight) => sum + weight, 0),
            all,
            TOLERANCE,
            'their sum',
          );
        }
      });
    },
  },
  {
    name: 'k-means: more than a thousand seeds match the reference, bit-identical from run to run',
    async run(engine) {
      const { points } = blobs(1301, 2, 7, 5, 2);
      const rows = new Random(6).distinct(1100, points.rows);
      const work = async (session: KMeansSession): Promise<Seeded> => {
        await session.addSeeds(rows);
        return readSeeded(session);
      };
      const options = { clusters: 2, weights: sampleWeights(points.rows, 2) };
      const [actual, expected] = await both(engine, points, options, work);
      assertAllClose(actual.weights, expected.weights, TOLERANCE, 'weights');
      assertAllClose(actual.potentials, expected.potentials, TOLERANCE, 'potentials');
      const again = await withSession(engine, points, options, work);
      assertSame(again.weights, actual.weights, 'weights of the second run');
      assertSame(again.potentials, actual.potentials, 'potentials of the second run');
      assertSame(again.drawn, actual.drawn, 'rows drawn in the second run');
    },
  },
  {
    name: 'k-means: seeding gives a tie to the seed added first, duplicates included',
    async run(engine) {
      const points = matrixFromRows([[0], [2], [4], [2]]);
      const weights = Float32Array.of(0.5, 1, 2, 4);
      for (const [options, first, second, third] of [
        [{ clusters: 2 }, [3, 1], [1, 1, 2, 0], [2, 0, 1, 1]],
        [{ clusters: 2, weights }, [5.5, 2], [0.5, 2, 5, 0], [5, 0, 2, 0.5]],
      ] as const) {
        await withSession(engine, points, options, async (session) => {
          await session.addSeeds(Uint32Array.of(0, 2));
          assertSame(await session.seedWeights(), first, 'weights of the seeds at 0 and 4');
          await session.addSeeds(Uint32Array.of(1, 3));
          assertSame(await session.seedWeights(), second, 'with two seeds at 2');
          await session.resetSeeds();
          await session.addSeeds(Uint32Array.of(3, 1, 2, 0));
          assertSame(await session.seedWeights(), third, 'the other way round');
        });
      }
    },
  },
  {
    name: 'k-means: seeding forgets, and without seeds there are no weights',
    async run(engine) {
      await withSession(engine, matrixFromRows([[0], [1], [5]]), { clusters: 1 }, async (session) => {
        assertSame(await session.seedWeights(), [], 'weights before any seed');
        await session.addSeeds(Uint32Array.of(0, 1));
        await session.resetSeeds();
        assertSame(await session.seedWeights(), [], 'weights after the reset');
        await session.addSeeds(new Uint32Array(0));
        assertSame(await session.seedWeights(), [], 'weights of no seed');
        await session.addSeeds(Uint32Array.of(2));
        assertSame(await session.seedWeights(), [3], 'weight of the only seed');
        assertAllClose(await session.seedPotentials(Uint32Array.of(2)), [41], TOLERANCE, 'potential');
      });
    },
  },
  {
    name: 'k-means: seeding draws seeds as its other calls would one by one',
    async run(engine) {
      const random = new Random(9);
      const uniforms = Float64Array.from({ length: 60 }, () => random.uniform());
      await forEachInput(async (points, options) => {
        for (const [trials, seeds, before] of [
          [1, 12, 1],
          [3, 5, 0],
          [20, 3, 5],
        ] as const) {
          const own = uniforms.subarray(0, trials * seeds);
          const draw = (call: (session: KMeansSession) => Promise<Uint32Array>) =>
            withSession(engine, points, options, async (session) => {
              await session.addSeeds(new Random(1).distinct(before, points.rows));
              return { seeds: await call(session), ...(await readSeeded(session)) };
            });
          const together = await draw((session) => session.drawSeeds(own, trials));
          const singly = await draw((session) => drawSeedsOneByOne(session, own, trials));
          assertSame(together.seeds, singly.seeds, `seeds of ${trials} trials`);
          assertSame(together.drawn, singly.drawn, 'rows drawn afterwards');
          assertSame(together.weights, singly.weights, 'weights afterwards');
          assertSame(together.potentials, singly.potentials, 'potentials afterwards');
        }
      });
    },
  },
  {
    name: 'k-means: drawing no seeds is allowed, drawing when every point is a seed goes on, bad trials are refused',
    async run(engine) {
      const points = matrix(new Float32Array(5 * 2).fill(3), 5, 2);
      await withSession(engine, points, { clusters: 1 }, async (session) => {
        assertSame(await session.drawSeeds(new Float64Array(0), 2), [], 'no seeds');
        await session.addSeeds(Uint32Array.of(0));
        const drawn = await session.drawSeeds(Float64Array.of(0, 0.5, 0.99, 0.2), 2);
        assertSame(drawn, [0, 4], 'rows drawn among coincident points');
        const trials = (count: number) => () => session.drawSeeds(Float64Array.of(0, 0.5, 0.99), count);
        await assertRejects(trials(0), 'INVALID_ARGUMENT', 'no trials');
        await assertRejects(trials(2), 'SHAPE', 'a seed and a half');
      });
    },
  },
  {
    name: 'k-means: sampling when every point is a seed falls back to uniform rows',
    async run(engine) {
      const points = matrix(new Float32Array(5 * 2).fill(3), 5, 2);
      await withSession(engine, points, { clusters: 1 }, async (session) => {
        await session.addSeeds(Uint32Array.of(0));
        assertSame(await session.sampleRows(Float64Array.of(0, 0.5, 0.99)), [0, 2, 4], 'drawn rows');
      });
    },
  },
  {
    name: 'k-means: seeding refuses rows that do not exist, an aborted signal and a destroyed session',
    async run(engine) {
      const points = matrixFromRows([[0], [1], [2]]);
      const controller = new AbortController();
      await withSession(engine, points, { clusters: 2, signal: controller.signal }, async (session) => {
        const refused = () => session.addSeeds(Uint32Array.of(0, 3));
        await assertRejects(refused, 'INVALID_ARGUMENT', 'row 3 of 3');
        assertSame(await session.seedWeights(), [], 'weights after a refusal');
        controller.abort();
        await assertRejects(() => session.addSeeds(Uint32Array.of(0)), 'AbortError', 'addSeeds after abort');
        session.destroy();
        await assertRejects(() => session.addSeeds(Uint32Array.of(0)), 'STATE', 'addSeeds after destroy');
        await assertRejects(() => session.seedWeights(), 'STATE', 'seedWeights after destroy');
      });
    },
  },
];

/** Everything that can be read about a session's seeds. */
interface Seeded {
  readonly drawn: Uint32Array;
  readonly weights: Float64Array;
  readonly potentials: Float64Array;
}

async function readSeeded(session: KMeansSession): Promise<Seeded> {
  return {
    drawn: await session.sampleRows(UNIFORMS),
    weights: await session.seedWeights(),
    potentials: await session.seedPotentials(Uint32Array.of(3, 59)),
  };
}

/** Floats and bytes, with and without weights; 300 rows at least. */
async function forEachInput(
  work: (points: Matrix, options: KMeansSessionOptions) => Promise<void>,
): Promise<void> {
  for (const points of [blobs(613, 5, 9, 31, 2).points, bytes(300, 19, 6)]) {
    await work(points, { clusters: 3 });
    await work(points, { clusters: 3, weights: sampleWeights(points.rows, 12) });
  }
}

async function seedings(session: KMeansSession): Promise<{
  potentials: number[];
  rows: Float32Array | Float64Array;
  drawn: number[];
}> {
  const potentials: number[] = [];
  const drawn: number[] = [];
  await session.resetSeeds();
  for (const row of [17, 100, 255]) {
    potentials.push(...(await session.seedPotentials(Uint32Array.of(row, 3, 59, row))));
    await session.addSeeds(Uint32Array.of(row));
    drawn.push(...(await session.sampleRows(UNIFORMS)));
  }
  return { potentials, drawn, rows: await session.readRows(Uint32Array.of(299, 0, 17)) };
}
