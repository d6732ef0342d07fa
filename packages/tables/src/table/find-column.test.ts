import { InvalidArgumentError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { findColumn } from './find-column.ts';
import { tableOf } from './table-of.ts';

const table = tableOf(
  [{ x: 1, '2020': 2, '2': 3, y: 4 }].map((row) => ({ ...row })),
  { name: 'years.csv' },
);
const names = table.columns.map(({ name }) => name);
const found = (wanted: string | number): string => names[findColumn(table, wanted, 'columns')];

describe('findColumn', () => {
  it('takes a name, or a position from 1', () => {
    expect(found('y')).toBe('y');
    expect(found(1)).toBe(names[0]);
  });

  it('takes digits for a name first, else for a position', () => {
    expect(found('2020')).toBe('2020');
    expect(found('2')).toBe('2');
    expect(found('4')).toBe(names[3]);
  });

  it('names what is not there', () => {
    expect(() => found('z')).toThrow(InvalidArgumentError);
    expect(() => found('z')).toThrow(/columns: no column of years\.csv is called "z"/);
    expect(() => found('9')).toThrow(/columns is 9, but years\.csv has columns 1 to 4/);
  });
});
