import { adjustedRandIndex, DataError, InvalidArgumentError, matrix, Random, ShapeError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { BalancedCut, BalancedCutModel, Umap, type BalancedCutOptions } from '../src/index.ts';

/**
 * Three classes of equal size: one of them in two halves that no edge joins, though they are nearer to each other than to
 * anything else.
 */
const HEAPS = [
  { center: [0, 0], count: 60, class: 0 },
  { center: [60, 0], count: 60, class: 1 },
  { center: [0, 60], count: 30, class: 2 },
  { center: [25, 60], count: 30, class: 2 },
] as const;
const random = new Random(1);
const rows = HEAPS.flatMap(({ center: [x, y], count }) =>
  Array.from({ length: count }, () => [x + random.normal(), y + random.normal()]),
);
const points = matrix(Float32Array.from(rows.flat()), rows.length, 2);
const classes = Uint32Array.from(HEAPS.flatMap(({ count, class: own }) => Array<number>(count).fill(own)));
const { embedding, graph } = await new Umap({ neighbors: 8, epochs: 50 }).fit(points);
const input = { embedding, graph: graph!, points };
const options: BalancedCutOptions = { clusters: 3, maxIterations: 200, nInit: 3 };

describe('BalancedCut', () => {
  it('joins halves of a class that share no neighbors, by their sizes and distances', async () => {
    const model = await new BalancedCut(options).fit(input);
    expect(adjustedRandIndex(classes, model.labels)).toBe(1);
    expect(model.measures.cut).toBeCloseTo(0, 10);
    expect(model.measures.imbalance).toBeCloseTo(0, 10);
    expect(model.warnings).toEqual([]);
    // Numbered in the order of the points.
    expect([model.labels[0], model.labels[60], model.labels[120]]).toEqual([0, 1, 2]);
  });

  it('labels places by the nearest piece, and survives being saved', async () => {
    const model = await new BalancedCut(options).fit(input);
    expect(await model.predict(embedding)).toEqual(model.labels);
    const loaded = BalancedCutModel.fromState(structuredClone(model.toState()));
    expect(loaded).toEqual(model);
    const { settings, ...state } = model.toState();
    const damages: readonly (typeof settings)[] = [
      { clusterOf: [0] },
      { clusterOf: Array<number>(60).fill(3) },
      { cut: '' },
    ];
    for (const damage of damages) {
      const damaged = { ...state, settings: { ...settings, ...damage } };
      expect(() => BalancedCutModel.fromState(damaged)).toThrow(DataError);
    }
  });

  it('is the same for the same seed, and stops when it is aborted', async () => {
    const once = await new BalancedCut({ ...options, seed: 4 }).fit(input);
    expect(await new BalancedCut({ ...options, seed: 4 }).fit(input)).toEqual(once);
    const controller = new AbortController();
    const phases: string[] = [];
    const fitting = new BalancedCut(options).fit(input, {
      signal: controller.signal,
      onProgress: ({ phase }) => {
        phases.push(phase);
        if (phase === 'cut') controller.abort(new Error('enough'));
      },
    });
    await expect(fitting).rejects.toThrow('enough');
    expect(phases).toContain('cut');
  });

  it('warns when clusters are empty, which can happen without balance', async () => {
    const model = await new BalancedCut({ ...options, clusters: 20, balance: 0, compactness: 0 }).fit(input);
    expect(model.warnings.join()).toMatch(
      /^Only \d+ of 20 clusters hold points: .*a greater balance may fill them/,
    );
  });

  it('takes as many clusters as points, and refuses impossible settings', async () => {
    const few = { ...input, points: { ...points, rows: 179 } };
    await expect(new BalancedCut(options).fit(few)).rejects.toThrow(ShapeError);
    const nan = { ...input, points: { ...points, data: points.data.map(() => NaN) } };
    await expect(new BalancedCut(options).fit(nan)).rejects.toThrow(DataError);
    await expect(new BalancedCut({ clusters: 181 }).fit(input)).rejects.toThrow(InvalidArgumentError);
    const all = await new BalancedCut({ clusters: 180, nInit: 1, maxIterations: 1 }).fit(input);
    expect(Math.max(...all.labels)).toBeLessThan(180);
    const refused: readonly Partial<BalancedCutOptions>[] = [
      { clusters: 0 },
      { balance: -1 },
      { compactness: NaN },
      { pieces: 2 },
      { nInit: 0 },
      { maxIterations: 1.5 },
      { seed: -1 },
    ];
    for (const changed of refused) {
      expect(() => new BalancedCut({ ...options, ...changed })).toThrow(InvalidArgumentError);
    }
  });
});
