import { matrix } from '@shoal/core';
import type { Table, TextColumn, VectorColumn } from '@shoal/tables';
import { shortened } from './shortened.ts';

/**
 * A table whose texts are looked at once more: a column of lists of numbers, as JSON ("[0.1, 0.2]") or NumPy ("[0.1 0.2]")
 * writes them, has vectors. An empty list is a missing vector. A note names the column whose lists differ in length, because
 * one such list would leave out an embedding.
 */
export function withVectors(table: Table): Table {
  const notes: string[] = [];
  const columns = table.columns.map((column) => {
    const lists = column.type === 'text' ? listsOf(column) : undefined;
    if (column.type !== 'text' || lists === undefined) return column;
    const width = usualWidth(column, lists);
    const odd = column.codes.findIndex((code) => code >= 0 && ![0, width].includes(lists[code].length));
    if (odd < 0) return vectorColumn(column, lists, width);
    notes.push(
      `The column "${shortened(column.name)}" stays text: its lists of numbers differ in length, ${width} in most rows and ${lists[column.codes[odd]].length} in row ${odd + 1}. ` +
        'Give all lists one length to use them as vectors; one that is missing may be empty.',
    );
    return column;
  });
  return { ...table, columns, notes: [...table.notes, ...notes] };
}

/** The numbers of each text, NaN for missing ones; undefined when some text is no list of numbers, or all are empty. */
function listsOf({ texts }: TextColumn): readonly (readonly number[])[] | undefined {
  const lists: (readonly number[])[] = [];
  for (const text of texts) {
    const list = numbersIn(text.trim());
    if (list === undefined) return undefined;
    lists.push(list);
  }
  return lists.some(({ length }) => length > 0) ? lists : undefined;
}

function numbersIn(text: string): readonly number[] | undefined {
  if (!text.startsWith('[') || !text.endsWith(']')) return undefined;
  const inner = text.slice(1, -1).trim();
  if (inner === '') return [];
  const parts = inner.includes(',') ? inner.split(',') : inner.split(/\s+/);
  const numbers: number[] = [];
  for (const part of parts) {
    const word = part.trim();
    // Number('') is 0.
    const value = MISSING.has(word) ? NaN : word === '' ? undefined : Number(word);
    if (value === undefined || (Number.isNaN(value) && !MISSING.has(word))) return undefined;
    numbers.push(value);
  }
  return numbers;
}

/** How JSON, Python and NumPy write a number that is missing. */
const MISSING = new Set(['null', 'None', 'nan', 'NaN']);

/** The number of values that most rows have, empty lists aside. */
function usualWidth({ codes }: TextColumn, lists: readonly (readonly number[])[]): number {
  const rows = new Map<number, number>();
  for (const code of codes) {
    const length = code < 0 ? 0 : lists[code].length;
    if (length > 0) rows.set(length, (rows.get(length) ?? 0) + 1);
  }
  const [[width]] = [...rows].sort(([, a], [, b]) => b - a);
  return width;
}

function vectorColumn(
  { name, codes }: TextColumn,
  lists: readonly (readonly number[])[],
  width: number,
): VectorColumn {
  const data = new Float64Array(codes.length * width).fill(NaN);
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] >= 0) data.set(lists[codes[row]], row * width);
  }
  return { type: 'vector', name, values: matrix(data, codes.length, width) };
}
