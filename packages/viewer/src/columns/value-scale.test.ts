import { tableOf, type DateColumn, type NumberColumn } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { valueScale } from './value-scale.ts';

function scaleOf(values: readonly (number | null | Date)[]) {
  const [column] = tableOf({ values }).columns;
  return valueScale(column as NumberColumn | DateColumn);
}

const texts = (scale: ReturnType<typeof scaleOf>) => scale.ticks.map(({ text }) => text);

describe('valueScale', () => {
  it('goes from the least value to the greatest, with round values between', () => {
    const scale = scaleOf([2700, 3500, null, 4050, 4750, 6300]);
    expect(scale).toMatchObject({ low: 2700, high: 6300, below: 0, above: 0 });
    expect(texts(scale)).toEqual(['3000', '4000', '5000', '6000']);
    expect(texts(scaleOf([2007, 2008, 2009, 2009]))).toEqual(['2007', '2008', '2009']);
    expect(texts(scaleOf([0, 0.3, 0.15]))).toEqual(['0', '0.1', '0.2', '0.3']);
    expect(texts(scaleOf([0, 3e6]))).toEqual(['0', '1M', '2M', '3M']);
    expect(texts(scaleOf([-2e-9, 2e-9]))).toEqual(['-2.0e-9', '-1.0e-9', '0.0e+0', '1.0e-9', '2.0e-9']);
  });

  it("ends at Tukey's outer fences where there are outliers, and counts them", () => {
    // Of 0 to 100 the quartiles are 25 and 75: the fences are at 25 - 150 and 75 + 150.
    const plain = Array.from({ length: 101 }, (_, i) => i);
    const scale = scaleOf([...plain, 1e9, Infinity]);
    expect(scale.low).toBe(0);
    expect(scale.high).toBeGreaterThan(220);
    expect(scale.high).toBeLessThan(235);
    expect(scale).toMatchObject({ below: 0, above: 2 });
  });

  it('has no fences where most values are the same, and one value where all are', () => {
    expect(scaleOf([0, 0, 0, 0, 0, 0, 0, 9])).toMatchObject({ low: 0, high: 9, above: 0 });
    expect(texts(scaleOf([5, 5]))).toEqual(['5']);
    expect(scaleOf([null, null])).toMatchObject({ low: 0, high: 0 });
  });

  it('shows dates by the clock, days, months or years', () => {
    const dates = (...given: string[]) => texts(scaleOf(given.map((text) => new Date(text))));
    expect(dates('2007-01-01', '2010-01-01')).toEqual(['2007', '2008', '2009', '2010']);
    expect(dates('2012-01-15', '2012-05-20')).toEqual(['2012-02', '2012-03', '2012-04', '2012-05']);
    expect(dates('2012-03-01', '2012-03-09')).toEqual([
      '2012-03-01',
      '2012-03-03',
      '2012-03-05',
      '2012-03-07',
      '2012-03-09',
    ]);
    expect(dates('2012-03-01T10:00:00Z', '2012-03-01T12:30:00Z')).toEqual([
      '2012-03-01 10:00',
      '2012-03-01 11:00',
      '2012-03-01 12:00',
    ]);
    expect(dates('1700-01-01', '2000-01-01')).toEqual(['1700', '1800', '1900', '2000']);
  });
});
