import { adjustedRandIndex, matrix, Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { BalancedCut, BalancedCutModel, Umap, type BalancedCutOptions } from '../src/index.ts';

const CENTERS = [
  [0, 0, 0],
  [15, 0, 5],
  [4, 14, -5],
] as const;

/** Three clearly separate heaps with the given numbers of points, and their neighbors. */
async function heaps(sizes: readonly number[]) {
  const random = new Random(1);
  const classes = Uint32Array.from(sizes.flatMap((size, own) => Array<number>(size).fill(own)));
  const values = Array.from(classes, (own) => CENTERS[own].map((at) => at + random.normal())).flat();
  const points = matrix(Float32Array.from(values), classes.length, CENTERS[0].length);
  const { embedding, graph } = await new Umap({ dimensions: 3, minDist: 0, neighbors: 12, epochs: 60 }).fit(
    points,
  );
  return { classes, input: { embedding, graph: graph!, points } };
}

const options: BalancedCutOptions = { clusters: 3, maxIterations: 200, nInit: 6 };

describe('BalancedCut of unequal classes', () => {
  it('keeps equal sizes when classes are equal, and does not warn', async () => {
    const { classes, input } = await heaps([240, 240, 240]);
    const model = await new BalancedCut(options).fit(input);
    expect(adjustedRandIndex(classes, model.labels)).toBe(1);
    expect(model.balance).toBe(2);
    expect(model.trials.map(({ balance }) => balance)).toEqual([2, 0.2, 0.05, 0.02]);
    expect(model.warnings).toEqual([]);
    // Exactly the same as with this balance given.
    const asked = await new BalancedCut({ ...options, balance: 2 }).fit(input);
    expect(asked).toEqual(model);
  });

  it.each([[[432, 144, 144]], [[600, 60, 60]], [[690, 15, 15]]])(
    'finds classes of %s, and warns of its choice',
    async (sizes) => {
      const { classes, input } = await heaps(sizes);
      const model = await new BalancedCut(options).fit(input);
      expect(adjustedRandIndex(classes, model.labels)).toBe(1);
      expect(model.balance).toBeLessThan(2);
      expect(model.warnings).toEqual([
        expect.stringMatching(/^Clusters seem to differ in size: a balance of 0/),
      ]);
      // With equal sizes asked for, they are kept, and there is a warning.
      const asked = await new BalancedCut({ ...options, balance: 2 }).fit(input);
      expect(adjustedRandIndex(classes, asked.labels)).toBeLessThan(0.6);
      expect(asked.balance).toBe(2);
      expect(asked.warnings).toEqual([
        expect.stringMatching(/^A balance of 2 cuts .* clusters seem to differ/),
      ]);
    },
  );

  it('keeps the choice in saved models, and reads models saved without it', async () => {
    const { input } = await heaps([600, 60, 60]);
    const model = await new BalancedCut(options).fit(input);
    const state = structuredClone(model.toState());
    expect(BalancedCutModel.fromState(state)).toEqual(model);
    const { balance, trials, ...before } = state.settings;
    expect([typeof balance, Array.isArray(trials)]).toEqual(['number', true]);
    const old = BalancedCutModel.fromState({ ...state, settings: before });
    expect([old.balance, old.trials]).toEqual([undefined, []]);
    expect(old.labels).toEqual(model.labels);
    const damaged = { ...state, settings: { ...state.settings, trials: [[2, 0.1]] } };
    expect(() => BalancedCutModel.fromState(damaged)).toThrow('"trials" should be');
  });

  it('tries no balance above the one asked for, and none for one cluster', async () => {
    const { input } = await heaps([100, 100, 100]);
    const balances = async (changed: Partial<BalancedCutOptions>) =>
      (await new BalancedCut({ ...options, ...changed }).fit(input)).trials.map(({ balance }) => balance);
    expect(await balances({ balance: 0.2 })).toEqual([0.2, 0.05, 0.02]);
    expect(await balances({ balance: 0 })).toEqual([0]);
    expect(await balances({ clusters: 1 })).toEqual([2]);
  });
});
