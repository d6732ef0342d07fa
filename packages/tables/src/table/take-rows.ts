import { gatherRows, matrix, type Matrix } from '@shoal/core';
import { NUMBER_ARRAYS } from './number-arrays.ts';
import type { Column, NumberValues, Table } from './table.ts';

/** Some rows of a table, in the order given. */
export function takeRows(table: Table, rows: Uint32Array): Table {
  return { ...table, rows: rows.length, columns: table.columns.map((column) => columnRows(column, rows)) };
}

function columnRows(column: Column, rows: Uint32Array): Column {
  switch (column.type) {
    case 'number':
      return { ...column, values: takeNumbers(column.values, rows) };
    case 'boolean':
      return { ...column, values: Uint8Array.from(rows, (row) => column.values[row]) };
    case 'date':
      return { ...column, values: Float64Array.from(rows, (row) => column.values[row]) };
    case 'text':
      return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]) };
    case 'vector':
      return { ...column, values: takeVectors(column.values, rows) };
    case 'bytes':
      return { ...column, values: Array.from(rows, (row) => column.values[row]) };
  }
}

/** Bytes stay bytes, so that a sample of images takes no more memory than its part of all. */
function takeVectors(source: Matrix, rows: Uint32Array): Matrix {
  const { data, columns, scale } = source;
  if (!(data instanceof Uint8Array)) return matrix(gatherRows(source, rows), rows.length, columns);
  const out = new Uint8Array(rows.length * columns);
  rows.forEach((row, i) => {
    out.set(data.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return matrix(out, rows.length, columns, scale);
}

/** The same type of array with the values of these rows. */
function takeNumbers(values: NumberValues, rows: Uint32Array): NumberValues {
  const Kind = NUMBER_ARRAYS.find((kind) => values instanceof kind) ?? Float64Array;
  const out = new Kind(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]];
  return out;
}
