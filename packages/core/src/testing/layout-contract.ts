import type { Engine } from '../engine/engine.ts';
import {
  MAX_STEPS,
  RATE_OF_ONE,
  type GraphLayoutOptions,
  type GraphLayoutSession,
  type SparseGraph,
} from '../engine/layout/session.ts';
import { Random } from '../random.ts';
import { assert, assertAllClose, assertRejects, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { useBoth, useSession } from './sessions.ts';

/** Engines may approximate forces to a thousandth, and a few steps add up. */
const TOLERANCE = 5e-3;

const OPTIONS: GraphLayoutOptions = {
  dimensions: 2,
  a: 1.93,
  b: 0.79,
  repulsion: 1,
  negatives: 2.5,
  learningRate: 0.2,
  steps: 6,
  seed: 7,
};

/** Vertices, edges of each, dimensions. */
const SHAPES: readonly (readonly [number, number, number])[] = [
  [1, 0, 1],
  [2, 1, 2],
  [17, 3, 1],
  [63, 7, 3],
  [64, 15, 2],
  [65, 15, 4],
  [257, 9, 10],
  [1025, 5, 2],
  [300, 20, 17],
];

/** What every engine's layout of a graph promises. */
export const layoutContract: readonly ContractCase[] = [
  ...SHAPES.map(([vertices, degree, dimensions]): ContractCase => ({
    name: `layout: ${vertices} vertices of ${degree} edges in ${dimensions} dimensions as the reference`,
    async run(engine) {
      const graph = randomGraph(vertices, degree, vertices);
      await compareWithReference(engine, graph, randomPositions(vertices, dimensions), { dimensions });
    },
  })),
  {
    name: 'layout: one pull by hand',
    async run(engine) {
      // The vertex is pulled by an anchor, which stays: f(4) = -2 * 4^0 / (1 + 4), times -2, times 0.5.
      const anchors = Float32Array.of(3, 0);
      const options = { ...OPTIONS, a: 1, b: 1, negatives: 0, learningRate: 0.5, steps: 1, anchors };
      const graph = graphOf([[0]], RATE_OF_ONE);
      await withLayout(engine, graph, Float32Array.of(1, 0), options, async (layout) => {
        await layout.step(5);
        assertSame([layout.completed], [1], 'steps');
        assertAllClose(await layout.readPositions(), [1.4, 0], TOLERANCE, 'positions');
      });
    },
  },
  {
    name: 'layout: an edge pulls both of its ends in the same step',
    async run(engine) {
      // Pulls of a rate of 1 / 8 move each pair as a mirror image: its middle stays where it was.
      const pairs = 64;
      const graph = graphOf(
        Array.from({ length: 2 * pairs }, (_, i) => [i ^ 1]),
        RATE_OF_ONE / 8,
      );
      const positions = Float32Array.from({ length: 4 * pairs }, (_, at) => (at % 4 === 2 ? 8 : 0));
      const options = { ...OPTIONS, negatives: 0, learningRate: 0.01, steps: 4 };
      await withLayout(engine, graph, positions, options, async (layout) => {
        await layout.step(1);
        const places = await layout.readPositions();
        let moved = 0;
        for (let at = 0; at < places.length; at += 4) {
          const [near, far] = [places[at], 8 - places[at + 2]];
          assertAllClose([near], [far], 1e-4, `moves of pair ${at / 4}`);
          if (near > 0) moved++;
        }
        // Either of two edges pulls: 64 (1 - (7 / 8)^2) = 15 of the pairs.
        assert(moved > 5 && moved < 28, `${moved} of ${pairs} pairs moved in the first step`);
      });
    },
  },
  {
    name: 'layout: vertices in one place neither pull nor push, nor become NaN',
    async run(engine) {
      const graph = randomGraph(40, 5, 3);
      const positions = new Float32Array(80).fill(1.5);
      await withLayout(engine, graph, positions, OPTIONS, async (layout) => {
        await layout.step(6);
        assertSame(await layout.readPositions(), positions, 'positions');
      });
    },
  },
  {
    name: 'layout: a move is bounded however far or near the others are',
    async run(engine) {
      const graph = graphOf([[1], [0], [0]], RATE_OF_ONE);
      const positions = Float32Array.of(0, 0, 1e-12, 0, 1e6, -1e6);
      await compareWithReference(engine, graph, positions, { learningRate: 1, negatives: 20 });
    },
  },
  {
    name: 'layout: edges to anchors move the vertices and not the anchors',
    async run(engine) {
      const anchors = randomPositions(50, 3).map((value) => value + 5);
      const graph = randomGraph(33, 6, 2, 50);
      await compareWithReference(engine, graph, randomPositions(33, 3), { dimensions: 3, anchors });
    },
  },
  {
    name: 'layout: steps taken one by one are the steps taken at once',
    async run(engine) {
      const graph = randomGraph(200, 8, 5);
      const layOut = (count: number) =>
        withLayout(engine, graph, randomPositions(200, 2), OPTIONS, async (layout) => {
          while (layout.completed < OPTIONS.steps) await layout.step(count);
          return layout.readPositions();
        });
      const atOnce = await layOut(100);
      assertSame(await layOut(1), atOnce, 'one by one');
      assertSame(await layOut(4), atOnce, 'in fours');
    },
  },
  {
    name: 'layout: what belongs together comes together',
    async run(engine) {
      const groups = Array.from({ length: 60 }, (_, i) => i % 3);
      const lists = groups.map((group, i) =>
        groups.flatMap((other, j) => (other === group && j !== i ? [j] : [])),
      );
      const options = { ...OPTIONS, learningRate: 1, steps: 200 };
      const graph = graphOf(lists, RATE_OF_ONE / 4);
      const positions = await withLayout(engine, graph, randomPositions(60, 2), options, async (layout) => {
        await layout.step(options.steps);
        return layout.readPositions();
      });
      const { within, between } = spread(positions, groups);
      assert(within < between / 3, `distances of ${within} within groups, ${between} between them`);
    },
  },
  {
    name: 'layout: bad input is refused with a typed error',
    async run(engine) {
      const graph = graphOf([[1], [0]], RATE_OF_ONE);
      const positions = new Float32Array(4);
      const refuses = (kind: string, what: string, changed: Partial<GraphLayoutOptions>, other = graph) =>
        assertRejects(
          () => engine.createGraphLayout(other, positions, { ...OPTIONS, ...changed }),
          kind,
          what,
        );
      await refuses('SHAPE', 'three dimensions of four values', { dimensions: 3 });
      await refuses('INVALID_ARGUMENT', 'no dimensions', { dimensions: 0 });
      await refuses('INVALID_ARGUMENT', 'a = 0', { a: 0 });
      await refuses('INVALID_ARGUMENT', 'b = NaN', { b: NaN });
      await refuses('INVALID_ARGUMENT', 'no learning rate', { learningRate: 0 });
      await refuses('INVALID_ARGUMENT', 'negative repulsion', { repulsion: -1 });
      await refuses('INVALID_ARGUMENT', 'too many negatives', { negatives: 65 });
      await refuses('INVALID_ARGUMENT', 'no steps', { steps: 0 });
      await refuses('INVALID_ARGUMENT', 'too many steps', { steps: MAX_STEPS + 1 });
      await refuses('INVALID_ARGUMENT', 'a seed of 33 bits', { seed: 2 ** 32 });
      await refuses('SHAPE', 'half an anchor', { anchors: new Float32Array(3) });
      await refuses('INVALID_ARGUMENT', 'an anchor nowhere', { anchors: Float32Array.of(0, NaN) });
      await refuses('INVALID_ARGUMENT', 'a missing vertex', {}, graphOf([[2], [0]], RATE_OF_ONE));
      await refuses('INVALID_ARGUMENT', 'a rate too high', {}, graphOf([[1], [0]], RATE_OF_ONE + 1));
      await refuses('SHAPE', 'too few rates', {}, { ...graph, rates: new Uint32Array(1) });
      await refuses('SHAPE', 'offsets that descend', {}, { ...graph, offsets: Uint32Array.of(0, 3, 2) });
      await assertRejects(
        () => engine.createGraphLayout(graph, Float32Array.of(0, 0, Infinity, 0), OPTIONS),
        'INVALID_ARGUMENT',
        'a vertex at infinity',
      );
    },
  },
  {
    name: 'layout: an aborted signal stops the work with its reason',
    async run(engine) {
      const controller = new AbortController();
      const options = { ...OPTIONS, signal: controller.signal };
      await withLayout(engine, randomGraph(50, 4, 1), randomPositions(50, 2), options, async (layout) => {
        await layout.step(1);
        controller.abort();
        await assertRejects(() => layout.step(1), 'AbortError', 'a step after abort');
      });
    },
  },
  {
    name: 'layout: a destroyed layout refuses to work',
    async run(engine) {
      const layout = await engine.createGraphLayout(graphOf([[]], 0), Float32Array.of(0, 0), OPTIONS);
      layout.destroy();
      layout.destroy();
      await assertRejects(() => layout.step(1), 'STATE', 'a step after destroy');
      await assertRejects(() => layout.readPositions(), 'STATE', 'reading after destroy');
    },
  },
];

function graphOf(lists: readonly (readonly number[])[], rate: number): SparseGraph {
  const offsets = new Uint32Array(lists.length + 1);
  lists.forEach((list, i) => (offsets[i + 1] = offsets[i] + list.length));
  const targets = Uint32Array.from(lists.flat());
  return { offsets, targets, rates: new Uint32Array(targets.length).fill(rate) };
}

/** A graph of edges to random vertices, with all possible rates. */
function randomGraph(vertices: number, degree: number, seed: number, reachable = vertices): SparseGraph {
  const random = new Random(seed);
  const lists = Array.from({ length: vertices }, () =>
    Array.from({ length: degree }, () => random.integer(reachable)),
  );
  const graph = graphOf(lists, 0);
  return { ...graph, rates: graph.rates.map(() => random.integer(RATE_OF_ONE + 1)) };
}

function randomPositions(vertices: number, dimensions: number): Float32Array {
  const random = new Random(vertices + dimensions);
  return Float32Array.from({ length: vertices * dimensions }, () => 5 * random.normal());
}

async function compareWithReference(
  engine: Engine,
  graph: SparseGraph,
  positions: Float32Array,
  changed: Partial<GraphLayoutOptions>,
): Promise<void> {
  const [actual, expected] = await useBoth(
    engine,
    (each) => each.createGraphLayout(graph, positions, { ...OPTIONS, ...changed }),
    async (layout) => {
      await layout.step(4);
      return layout.readPositions();
    },
  );
  assertAllClose(actual, expected, TOLERANCE, 'positions');
}

/** Mean distances of vertices in two dimensions within and between groups. */
function spread(positions: Float32Array, groups: readonly number[]): { within: number; between: number } {
  const sums = [0, 0];
  const counts = [0, 0];
  for (let i = 0; i < groups.length; i++) {
    for (let j = 0; j < i; j++) {
      const which = groups[i] === groups[j] ? 0 : 1;
      sums[which] += Math.hypot(
        positions[2 * i] - positions[2 * j],
        positions[2 * i + 1] - positions[2 * j + 1],
      );
      counts[which]++;
    }
  }
  return { within: sums[0] / counts[0], between: sums[1] / counts[1] };
}

function withLayout<T>(
  engine: Engine,
  graph: SparseGraph,
  positions: Float32Array,
  options: GraphLayoutOptions,
  work: (layout: GraphLayoutSession) => Promise<T>,
): Promise<T> {
  return useSession(engine.createGraphLayout(graph, positions, options), work);
}
