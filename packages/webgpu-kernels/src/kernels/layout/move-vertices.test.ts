import { createReferenceEngine, hash32, Random, type SparseGraph } from '@shoal/core';
import { type GraphLayoutOptions, pullPhases, RATE_OF_ONE } from '@shoal/core/engine-kit';
import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import {
  layoutLoad,
  moveVerticesCost,
  moveVerticesGrid,
  moveVerticesRules,
  moveVerticesStep,
  moveVerticesWork,
  moveInPlaneKernel,
  moveInSpaceKernel,
  moveListsKernel,
  placeFormat,
} from './move-vertices.ts';

const OPTIONS: GraphLayoutOptions = {
  dimensions: 2,
  a: 1.58,
  b: 0.9,
  repulsion: 1,
  negatives: 5,
  learningRate: 1,
  steps: 10,
  seed: 3,
};

function randomGraph(vertices: number, degree: number): SparseGraph {
  const random = new Random(vertices);
  const draw = (bound: number) =>
    Uint32Array.from({ length: vertices * degree }, () => random.integer(bound));
  const offsets = Uint32Array.from({ length: vertices + 1 }, (_, i) => i * degree);
  return { offsets, targets: draw(vertices), rates: draw(RATE_OF_ONE + 1) };
}

describe('move-vertices', () => {
  const device = useTestDevice();

  /** One step; positions with as many coordinates as the format has. */
  async function move(
    graph: SparseGraph,
    positions: Float32Array,
    options: GraphLayoutOptions,
    t = 0,
  ): Promise<Float32Array> {
    const { kernel, constants, width } = placeFormat(options.dimensions);
    const others = options.anchors ?? positions;
    const vertices = graph.offsets.length - 1;
    const rate = options.learningRate * (1 - t / options.steps);
    const { next } = await runKernel(device.context, kernel, {
      grid: moveVerticesGrid(vertices),
      constants,
      buffers: {
        current: positions,
        next: new Float32Array(positions.length).fill(-9),
        others,
        offsets: graph.offsets,
        targets: graph.targets,
        rates: graph.rates,
        phases: pullPhases(graph, options.seed),
        rules: new Uint8Array(moveVerticesRules(vertices, others.length / width, options)),
        now: new Uint8Array(moveVerticesStep(t, hash32(options.seed, t), rate)),
      },
    });
    return new Float32Array(next);
  }

  it.each([
    [2, 3, 2],
    [63, 8, 2],
    [65, 8, 4],
    [130, 8, 5],
    [70, 8, 33],
  ])(
    '%i vertices of %i edges in %i dimensions: a step of the reference',
    async (vertices, degree, dimensions) => {
      const graph = randomGraph(vertices, degree);
      const positions = normals(1, vertices * dimensions).map((value) => 3 * value);
      const options = { ...OPTIONS, dimensions };
      const reference = await createReferenceEngine().createGraphLayout(graph, positions, options);
      await reference.step(1);
      const expected = await reference.readPositions();
      const moved = await move(graph, positions, options);
      expect(relativeError(moved, expected)).toBeLessThan(1e-3);
      expect(moved).not.toEqual(positions);
    },
  );

  it.each([0, 1, 4095, 32_767])('pulls in step %i as often as scheduled', async (t) => {
    const vertices = 500;
    const random = new Random(t);
    const rates = Uint32Array.from({ length: vertices }, () => random.integer(RATE_OF_ONE + 1));
    const offsets = Uint32Array.from({ length: vertices + 1 }, (_, i) => i);
    const graph = { offsets, targets: new Uint32Array(vertices), rates };
    // Far away, each pull moves by 2 / 1000.
    const options = { ...OPTIONS, a: 1, b: 1, negatives: 0, anchors: Float32Array.of(1000, 0) };
    const moved = await move(graph, new Float32Array(2 * vertices), { ...options, steps: 2 * (t || 1) }, t);
    const rate = t === 0 ? 1 : 0.5;
    const pulls = Array.from({ length: vertices }, (_, i) => Math.round(moved[2 * i] / (0.002 * rate)));
    const expected = Array.from(rates, (each, vertex) => {
      const phase = BigInt(hash32(hash32(OPTIONS.seed, vertex), 0) >>> 16);
      const after = (at: number): bigint => (BigInt(at) * BigInt(each) + phase) >> 16n;
      return Number(after(t + 1) - after(t));
    });
    expect(pulls).toEqual(expected);
    expect(Math.max(...expected)).toBe(1);
    expect(Math.min(...expected)).toBe(0);
  });

  it.each([2, 4, 5])('stays finite in %i dimensions for any input', async (dimensions) => {
    const { width } = placeFormat(dimensions);
    const places = [0, 1e-45, -1e-30, 1e-19, 3e-10, 1, -1e10, 1e20, 3.4e38, -3.4e38];
    const positions = new Float32Array(places.length * width);
    places.forEach((place, i) => {
      positions[i * width] = place;
      positions[i * width + width - 1] = -place;
    });
    const count = places.length;
    const targets = Uint32Array.from({ length: count * count }, (_, edge) => edge % count);
    const offsets = Uint32Array.from({ length: count + 1 }, (_, i) => i * count);
    const graph = { offsets, targets, rates: new Uint32Array(count * count).fill(RATE_OF_ONE) };
    const extremes = [1e-300, 1e-3, 1, 1e3, 1e300];
    for (const a of extremes) {
      for (const b of extremes) {
        const options = { ...OPTIONS, dimensions, a, b, repulsion: a, learningRate: b };
        const moved = await move(graph, positions, options);
        expect(moved.every((value) => Number.isFinite(value))).toBe(true);
      }
    }
  });

  it.each([
    [1, moveInPlaneKernel, 2],
    [2, moveInPlaneKernel, 2],
    [3, moveInSpaceKernel, 4],
    [4, moveInSpaceKernel, 4],
    [5, moveListsKernel, 5],
  ])('stores places of %i dimensions in the narrowest format', (dimensions, kernel, width) => {
    expect(placeFormat(dimensions)).toMatchObject({ kernel, width });
  });

  it('packs rules and steps', () => {
    const anchors = new Float32Array(6);
    const rules = moveVerticesRules(7, 3, {
      ...OPTIONS,
      a: 4,
      b: 0.5,
      repulsion: 3,
      negatives: 2.5,
      anchors,
    });
    expect([...new Uint32Array(rules, 0, 4)]).toEqual([7, 3, 0, 40]);
    expect([...new Float32Array(rules, 16, 4)]).toEqual([2, 0.5, 1, 3]);
    expect(new Uint32Array(moveVerticesRules(7, 7, OPTIONS))[2]).toBe(1);
    const step = moveVerticesStep(5, 4_000_000_000, 0.25);
    expect([...new Uint32Array(step, 0, 2)]).toEqual([5, 4_000_000_000]);
    expect(new Float32Array(step)[2]).toBe(0.25);
  });

  it('counts the forces of a step', () => {
    const rates = Uint32Array.of(0x10000, 0x8000);
    const load = layoutLoad(10, rates, { negatives: 2 });
    expect(load).toEqual({ vertices: 10, edges: 2, pulls: 3, pushes: 3 });
    expect(layoutLoad(10, rates, { negatives: 2, anchors: new Float32Array(2) }).pulls).toBe(1.5);
    expect(moveVerticesWork(load, 2)).toEqual({
      flops: 6 * (8 + 12),
      bytes: 4 * (10 * 5 + 4 + 3 + 6 * 2),
    });
    expect(moveVerticesCost(load, 2)).toBe(4 * 2 + 12 * 3 + 6 * 20);
  });
});
