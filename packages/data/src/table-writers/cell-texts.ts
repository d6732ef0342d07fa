import { cellAt, type Column, type VectorColumn } from '@shoal/tables';
import type { WriteTableOptions } from './table-writer.ts';

/** The text of each value of a column, by row; undefined when it is missing. */
export type CellText = (row: number) => string | undefined;

/** The columns that a text format writes. */
export function writtenColumns(
  columns: readonly Column[],
  { vectors = 'json', bytes = 'base64' }: WriteTableOptions,
): readonly Column[] {
  return columns.filter(
    ({ type }) => !(type === 'vector' && vectors === 'omit') && !(type === 'bytes' && bytes === 'omit'),
  );
}

/**
 * The texts of a column's values: numbers in the fewest digits that give the same number of the column's precision, dates
 * in ISO 8601, vectors as JSON, bytes in base64.
 */
export function cellTexts(column: Column): CellText {
  switch (column.type) {
    case 'number':
      return numberTexts(column.values);
    case 'vector':
      return vectorTexts(column);
    case 'bytes':
      return (row) => {
        const bytes = column.values[row];
        return bytes && base64(bytes);
      };
    case 'boolean':
    case 'date':
    case 'text':
      return (row) => cellAt(column, row)?.toString();
  }
}

/** 1e999 is JSON for a number that is too large, which readers take as infinite. */
const INFINITE = '1e999';

/** The same as JSON; "null" when it is missing. */
export function jsonTexts(column: Column): (row: number) => string {
  const texts = cellTexts(column);
  if (column.type === 'number' || column.type === 'boolean' || column.type === 'vector') {
    return (row) => (texts(row) ?? 'null').replace('Infinity', INFINITE);
  }
  return (row) => {
    const text = texts(row);
    return text === undefined ? 'null' : JSON.stringify(text);
  };
}

function numberTexts(values: ArrayLike<number>): CellText {
  const write = values instanceof Float32Array ? shortFloat32 : String;
  return (row) => (Number.isNaN(values[row]) ? undefined : write(values[row]));
}

function vectorTexts(column: VectorColumn): CellText {
  const { data, columns, scale } = column.values;
  const write = data instanceof Float32Array && scale === 1 ? shortFloat32 : String;
  return (row) => {
    const vector = cellAt(column, row);
    if (!(vector instanceof Float64Array)) return undefined;
    let text = '';
    for (let j = 0; j < columns; j++) {
      const value = Number.isNaN(vector[j]) ? 'null' : write(vector[j]).replace('Infinity', INFINITE);
      text += j === 0 ? value : `,${value}`;
    }
    return `[${text}]`;
  };
}

/** A float32 needs at most nine digits; as float64, 0.1 would be 0.10000000149011612. */
function shortFloat32(value: number): string {
  if (Number.isInteger(value)) return String(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** So many bytes at a time, a multiple of 3, because a call takes a limited number of arguments. */
const BASE64_STEP = 0x6000;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += BASE64_STEP) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + BASE64_STEP)));
  }
  return text;
}
