import { describe, expect, it } from 'vitest';
import { chartsOf, linePath, niceTicks, rangeOf } from './chart-data.ts';

describe('charts', () => {
  it('have losses together and everything else separate', () => {
    const charts = chartsOf([
      { name: 'inertia', step: 'iteration', values: [3, 2] },
      { name: 'training loss', step: 'epoch', values: [3, 2, 1] },
      { name: 'validation loss', step: 'epoch', values: [4, 3] },
    ]);
    expect(charts.map(({ title, step, length, series }) => [title, step, length, series.length])).toEqual([
      ['Inertia', 'iteration', 2, 1],
      ['Loss', 'epoch', 3, 2],
    ]);
  });
});

describe('ticks', () => {
  it.each([
    [0, 10, 5, [0, 2, 4, 6, 8, 10]],
    [0.05, 0.35, 3, [0.1, 0.2, 0.3]],
    [-3e-7, 3e-7, 3, [-2e-7, 0, 2e-7]],
    [9_331, 14_900, 4, [10_000, 12_000, 14_000]],
    [5, 5, 4, [5]],
  ])('from %d to %d are round', (low, high, about, ticks) => {
    expect(niceTicks(low, high, about).map((tick) => tick + 0)).toEqual(ticks);
  });
});

describe('ranges and lines', () => {
  it('leave out values that are not numbers', () => {
    const series = [{ name: 'a', step: 's', values: [NaN, 2, Infinity, 4] }];
    expect(rangeOf(series)).toEqual([2 - 0.12, 4 + 0.12]);
    expect(
      linePath(
        series[0].values,
        (step) => step,
        (value) => value,
      ),
    ).toBe('M1.0 2.0M3.0 4.0');
  });

  it('have room around a single value, and are undefined without values', () => {
    expect(rangeOf([{ name: 'a', step: 's', values: [0, 0] }])).toEqual([-1, 1]);
    expect(rangeOf([{ name: 'a', step: 's', values: [-20] }])).toEqual([-22, -18]);
    expect(rangeOf([{ name: 'a', step: 's', values: [NaN] }])).toBeUndefined();
  });
});
