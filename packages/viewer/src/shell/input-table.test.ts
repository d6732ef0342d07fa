import { tableFromArrays } from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import { inputTable } from './input-table.ts';

describe('inputTable', () => {
  it('reads a table of Apache Arrow', () => {
    const columns = tableFromArrays({ price: [1.5, null, 2], city: ['Rome', 'Oslo', 'Rome'] });
    const table = inputTable({ columns });
    expect(table?.columns).toMatchObject([
      { name: 'price', type: 'number', values: Float64Array.of(1.5, NaN, 2) },
      { name: 'city', type: 'text', texts: ['Rome', 'Oslo'] },
    ]);
  });

  it('reads a table as apache-arrow has it', () => {
    const columns = {
      schema: { fields: [{ name: 'a' }] },
      getChild: () => new Set([1n, 2n]),
    };
    expect(inputTable({ columns })?.columns).toMatchObject([{ name: 'a', type: 'number' }]);
  });

  it('is nothing without columns, and names what a table lacks', () => {
    expect(inputTable({})).toBeUndefined();
    const columns = { schema: { fields: [{ name: 'a' }] }, getChild: () => null };
    expect(() => inputTable({ columns })).toThrow('names "a" but does not have it');
  });

  it('says which column has another length', () => {
    expect(() => inputTable({ ids: [1, 2], columns: { a: [1] } })).toThrow('"a" has 1 values and "id" has 2');
  });
});
