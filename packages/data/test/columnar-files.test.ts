import { describe, expect, it } from 'vitest';
import { readTable } from '../src/index.ts';
import { COLUMNAR_FILES, plainColumns } from './columnar-fixtures.ts';

describe.each(COLUMNAR_FILES)('$name, written by pyarrow', ({ name, bytes, columns }) => {
  it('has the types and values that were written', async () => {
    const table = await readTable(bytes, name);
    expect(plainColumns(table)).toEqual(columns);
  });
});
