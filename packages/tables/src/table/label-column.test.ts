import { InvalidArgumentError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { labelColumnOf } from './label-column.ts';
import { tableOf } from './table-of.ts';

const table = tableOf({ last: [1, 2], ' Label': ['a', 'b'], x: [3, 4] });

describe('labelColumnOf', () => {
  it.each([
    ['auto', 1],
    ['none', undefined],
    ['first', 0],
    ['last', 2],
    [2, 1],
    ['x', 2],
    [{ name: 'last' }, 0],
  ] as const)('%s is column %s', (wanted, expected) => {
    expect(labelColumnOf(table, wanted)).toBe(expected);
  });

  it('is none by default when there is nothing else', () => {
    expect(labelColumnOf(tableOf({ label: [1, 2] }), 'auto')).toBeUndefined();
    expect(labelColumnOf(tableOf({ y: [1], x: [1] }), 'auto')).toBeUndefined();
  });

  it('refuses columns that are not there', () => {
    expect(() => labelColumnOf(table, 'y')).toThrow(InvalidArgumentError);
    expect(() => labelColumnOf(table, 4)).toThrow(/columns 1 to 3/);
  });
});
