import { describe, expect, it } from 'vitest';
import {
  chooseTrial,
  costOfEqualSizes,
  describeChoice,
  describeDoubt,
  type BalanceTrial,
} from './choose-balance.ts';
import type { CutMeasures } from './partition.ts';

const measured = (cut: number, imbalance: number, dispersion: number): CutMeasures => ({
  cut,
  imbalance,
  dispersion,
});

describe('costOfEqualSizes', () => {
  const forced = measured(0.098, 0.001, 0.6);

  it('is the ratio of the cut weights, and more when dispersion is saved', () => {
    expect(costOfEqualSizes(forced, measured(0.048, 0.2, 0.6))).toBeCloseTo(2, 12);
    expect(costOfEqualSizes(forced, measured(0.048, 0.2, 0.54))).toBeCloseTo(2 * Math.exp(0.8), 12);
    expect(costOfEqualSizes(forced, measured(0.048, 0.2, 0.66))).toBeCloseTo(2 * Math.exp(-0.8), 12);
  });

  it('is small when almost nothing is cut anyway, and when clusters were joined', () => {
    expect(costOfEqualSizes(measured(0.001, 0, 0.3), measured(0, 0.2, 0.3))).toBeCloseTo(1.5, 12);
    // Iris, with its two nearest species joined: nothing is cut then, but clusters are not compact.
    expect(costOfEqualSizes(measured(0.036, 0.001, 0.128), measured(0, 0.462, 0.227))).toBeLessThan(0.1);
  });

  it('is 0 when sizes are almost equal', () => {
    expect(costOfEqualSizes(forced, measured(0.01, 0.03, 0.1))).toBe(0);
  });
});

describe('describeChoice', () => {
  it.each([
    [0.9999, '100 %'],
    [0.123, '12 %'],
    [0.001, '0.1 %'],
    [1.3e-16, 'less than 0.01 %'],
    [-1e-17, '0 %'],
  ])('writes a share of %d as a plain number', (cut, percent) => {
    const trial = { balance: 0.2, measures: measured(cut, 0.2, 0.6) };
    expect(describeChoice(trial, trial)).toContain(`which cuts ${percent} of the neighbors' weight`);
    expect(describeDoubt(trial, trial)).toContain(`A balance of 0.2 cuts ${percent} of`);
  });
});

describe('chooseTrial', () => {
  const trial = (balance: number, measures: CutMeasures): BalanceTrial => ({ balance, measures });
  const equal = trial(2, measured(0.098, 0, 0.6));
  const lower = trial(0.2, measured(0.018, 0.2, 0.6));

  it('goes down as long as it pays', () => {
    expect(chooseTrial([equal])).toBe(equal);
    expect(chooseTrial([equal, lower])).toBe(lower);
    // The cut is a tenth less, then half.
    expect(chooseTrial([equal, lower, trial(0.05, measured(0.016, 0.3, 0.6))])).toBe(lower);
    const lowest = trial(0.05, measured(0.008, 0.3, 0.6));
    expect(chooseTrial([equal, lower, lowest])).toBe(lowest);
  });

  it('needs more when only a far lower balance pays', () => {
    const near = trial(0.2, measured(0.09, 0.03, 0.6));
    // 3 times the cut, then 5.
    expect(chooseTrial([equal, trial(0.2, measured(0.0313, 0.2, 0.6))]).balance).toBe(0.2);
    expect(chooseTrial([equal, near, trial(0.05, measured(0.0313, 0.3, 0.6))])).toBe(equal);
    const low = trial(0.05, measured(0.018, 0.3, 0.6));
    expect(chooseTrial([equal, near, low])).toBe(low);
  });
});
