import { matrix, type TensorData } from '@shoal/core';
import {
  cellAt,
  MISSING_BOOLEAN,
  MISSING_CODE,
  type Column,
  type NumberValues,
  type Table,
} from '@shoal/tables';
import type { FileContent } from './format.ts';
import type { ReadOptions } from './read-options.ts';

/**
 * What a file holds, with the values that a caller takes for missing (["-999", "unknown"]), whatever its format is. A number is
 * compared by its value, so that -999 is -999.0, too; a date in ISO 8601.
 */
export function withoutValues(content: FileContent, { missingValues }: ReadOptions): FileContent {
  if ('notes' in content) return tableWithoutValues(content, { missingValues });
  if (missingValues === undefined) return content;
  return { ...content, data: withoutNumbers(content.data, numbersIn(missingValues)) };
}

/** The same for a table. */
export function tableWithoutValues(table: Table, { missingValues }: ReadOptions): Table {
  if (missingValues === undefined) return table;
  const texts = new Set(missingValues);
  const numbers = numbersIn(missingValues);
  return { ...table, columns: table.columns.map((column) => withoutCells(column, texts, numbers)) };
}

function numbersIn(words: readonly string[]): ReadonlySet<number> {
  const numbers = new Set(words.filter((word) => word.trim() !== '').map(Number));
  numbers.delete(NaN);
  return numbers;
}

function withoutCells(column: Column, texts: ReadonlySet<string>, numbers: ReadonlySet<number>): Column {
  switch (column.type) {
    case 'number':
      return { ...column, values: withoutNumbers(column.values, numbers) };
    case 'boolean': {
      const isMissing = [0, 1].map((value) => texts.has(String(value === 1)));
      return isMissing.includes(true)
        ? { ...column, values: column.values.map((value) => (isMissing[value] ? MISSING_BOOLEAN : value)) }
        : column;
    }
    case 'date':
      return {
        ...column,
        values: column.values.map((value, row) => (texts.has(String(cellAt(column, row))) ? NaN : value)),
      };
    case 'text': {
      const isMissing = column.texts.map((text) => texts.has(text));
      return isMissing.includes(true)
        ? { ...column, codes: column.codes.map((code) => (isMissing[code] ? MISSING_CODE : code)) }
        : column;
    }
    case 'vector': {
      const { data, rows, columns, scale } = column.values;
      const kept = withoutNumbers(data, numbers);
      return kept === data ? column : { ...column, values: matrix(kept, rows, columns, scale) };
    }
    case 'bytes':
      return column;
  }
}

/** The same array when none of its values is missing. */
function withoutNumbers<Values extends NumberValues | TensorData>(
  values: Values,
  numbers: ReadonlySet<number>,
): Values | Float32Array | Float64Array {
  if (numbers.size === 0 || !values.some((value) => numbers.has(value))) return values;
  const isSingle = values instanceof Float32Array;
  const kept = isSingle ? new Float32Array(values) : new Float64Array(values);
  for (let i = 0; i < kept.length; i++) if (numbers.has(kept[i])) kept[i] = NaN;
  return kept;
}
