import { tableOf, type NumberColumn } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import { columnOf } from '../interaction/named-columns.ts';
import type { Filter } from '../state/filter.ts';
import { checkFilters } from './check-filters.ts';
import { filterMask } from './filter-mask.ts';
import { countBins, edgeOf, histogramOf, nearestEdge } from './histogram.ts';

const data = await buildClustering({
  table: tableOf({
    mass: [0, 1, 2, null, 100],
    kind: ['a', 'b', 'a', null, ''],
    alive: [true, false, null, true, true],
    seen: ['2001-01-01', '2002-01-01', '2003-01-01', null, '2005-01-01'].map((text) =>
      text === null ? null : new Date(text),
    ),
  }),
  positions: [0, 0, 1, 0, 2, 0, 3, 0, 4, 0],
  labels: [0, 1, 0, -1, 1],
  classes: { labels: ['x', 'y', 'x', 'y', 'x'] },
});

const passing = (...filters: readonly Filter[]): number[] | undefined => {
  const mask = filterMask(filters, data);
  return mask && Array.from(mask.keys()).filter((point) => mask[point] === 1);
};

describe('filterMask', () => {
  it.each([
    [{ by: 'column:mass', low: 1, high: 2 }, [1, 2]],
    [{ by: 'column:mass', high: 1, missing: true }, [0, 1, 3]],
    [{ by: 'column:mass' }, [0, 1, 2, 4]],
    [{ by: 'column:seen', low: Date.UTC(2002, 0, 1), high: Date.UTC(2003, 0, 1) }, [1, 2]],
    [{ by: 'column:kind', values: ['a', ''] }, [0, 2, 4]],
    [{ by: 'column:kind', values: [null] }, [3]],
    [{ by: 'column:alive', values: ['false', null] }, [1, 2]],
    [{ by: 'cluster', values: [1, null] }, [1, 3, 4]],
    [{ by: 'class', values: ['y'] }, [1, 3]],
  ] as const)('%j keeps %j', (filter, points) => {
    expect(passing(filter)).toEqual(points);
  });

  it('combines filters, and ignores those about what the data does not have', () => {
    expect(passing({ by: 'class', values: ['x'] }, { by: 'cluster', values: [0] })).toEqual([0, 2]);
    expect(passing({ by: 'column:wing', low: 3 }, { by: 'class', values: ['y'] })).toEqual([1, 3]);
    expect(passing({ by: 'column:wing', low: 3 }, { by: 'probability', low: 0.5 })).toBeUndefined();
  });
});

describe('checkFilters', () => {
  it.each([
    [undefined],
    [[{ by: 'mass', low: 1 }]],
    [[{ by: 'cluster', low: 1 }]],
    [[{ by: 'column:mass', low: '1' }]],
    [[{ by: 'class', values: [true] }]],
  ])('refuses %j', (given) => {
    expect(() => checkFilters(given)).toThrow('A filter is like');
  });

  it('refuses two filters by the same', () => {
    const filter = { by: 'class', values: ['x'] };
    expect(() => checkFilters([filter, filter])).toThrow('two filters by "class"');
    expect(checkFilters([filter])).toEqual([filter]);
  });
});

describe('histogramOf', () => {
  const numbers = (values: readonly number[], integers: boolean): NumberColumn => ({
    type: 'number',
    name: 'n',
    integers,
    values: Float64Array.from(values),
  });

  it('gives each of a few whole numbers its own bin', () => {
    const histogram = histogramOf(numbers([3, 5, 5, 6, NaN], true), 5);
    expect(histogram).toMatchObject({ bins: 4, low: 2.5, high: 6.5, missing: 1 });
    expect([...countBins(histogram)]).toEqual([1, 0, 2, 1]);
    expect([...countBins(histogram, Uint8Array.of(1, 1, 0, 0, 1))]).toEqual([1, 0, 1, 0]);
  });

  it('puts outliers into the bins at the ends', () => {
    const values = Array.from({ length: 100 }, (_, i) => i / 10);
    const histogram = histogramOf(numbers([...values, 1e6], false), 101);
    expect(histogram.bins).toBe(48);
    expect(histogram.high).toBeLessThan(100);
    const counts = countBins(histogram);
    expect(counts[47]).toBe(1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(101);
    for (const edge of [0, 7, 48]) expect(nearestEdge(histogram, edgeOf(histogram, edge))).toBe(edge);
  });

  it('has a bin for a column that is constant', () => {
    const { column } = columnOf(data, 'column:mass')!;
    expect(column.type).toBe('number');
    expect(countBins(histogramOf(numbers([4.5, 4.5], false), 2)).reduce((a, b) => a + b, 0)).toBe(2);
  });
});
