import { expect, it } from 'vitest';
import { harmless } from './harmless.ts';
import { plainTable } from './tables.ts';

it('writes control characters as text, and leaves the rest', () => {
  expect(harmless('\u001b[2J\u001b]0;title\u0007')).toBe('\\u001b[2J\\u001b]0;title\\u0007');
  expect(harmless('a\u009b31m\u202eb\r')).toBe('a\\u009b31m\\u202eb\\u000d');
  expect(harmless('Größe 寿司 🐟\tx\n')).toBe('Größe 寿司 🐟\tx\n');
  expect(JSON.parse(harmless(JSON.stringify({ a: '\u001b\u009b' })))).toEqual({ a: '\u001b\u009b' });
});

it('keeps a cell of a table on one line, and limits its length', () => {
  const table = plainTable(
    ['name', 'n'],
    [
      ['two\nlines', '1'],
      ['x'.repeat(5_000), '2'],
    ],
  );
  expect(table.split('\n')).toHaveLength(3);
  expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThan(120);
  expect(table).toContain('two\\u000alines');
});
