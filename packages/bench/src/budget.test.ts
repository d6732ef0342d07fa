import { describe, expect, it } from 'vitest';
import { leftOut, startBudget } from './budget.ts';

describe('leftOut', () => {
  it('leaves out a workload that takes longer than the remaining time, with a reason', () => {
    let now = 5000;
    const budget = startBudget(100, () => now);
    expect(leftOut(100, budget)).toBeUndefined();
    now += 70_400;
    expect(leftOut(29, budget)).toBeUndefined();
    expect(leftOut(30, budget)).toBe('left out: it takes about 30 s, and 30 of 100 s were left');
    now += 60_000;
    expect(leftOut(0, budget)).toBe('left out: it takes about 0 s, and 0 of 100 s were left');
  });

  it('leaves out nothing when there is no limit', () => {
    expect(leftOut(1e9, startBudget())).toBeUndefined();
  });
});
