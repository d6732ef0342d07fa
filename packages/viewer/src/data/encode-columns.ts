import type { Tensor } from '@shoal/core';
import type { NumberColumn } from '@shoal/tables';
import { COLUMN_TENSORS, tensorOf, type ColumnTensor, type ColumnText } from './column-text.ts';
import type { ViewColumn } from './columns.ts';

/** The most values of columns in one file: a page must load them all. */
const MAX_VALUES = 10_000_000;
/** The most bytes of texts in one file. */
const MAX_TEXT_BYTES = 64 * 2 ** 20;

/** Columns as tensors, with what describes them. */
export interface EncodedColumns {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly columns: readonly ColumnText[];
  /** Says how many columns were left out, if any. */
  readonly notes: readonly string[];
}

/**
 * As many columns, from the first on, as a file may hold.
 *
 * @param count points, N
 */
export function encodeColumns(columns: readonly ViewColumn[], count: number): EncodedColumns {
  const texts = new Texts();
  const kept = columns.slice(0, Math.floor(MAX_VALUES / Math.max(1, count)));
  const end = kept.findIndex((column) => column.type === 'text' && !texts.add(column.texts));
  if (end >= 0) kept.length = end;
  const described = kept.map(describe);
  const rows = new Map<ColumnTensor, ArrayLike<number>[]>();
  described.forEach((column, i) => {
    const name = tensorOf(column);
    const values = rows.get(name);
    if (values === undefined) rows.set(name, [valuesOf(kept[i])]);
    else values.push(valuesOf(kept[i]));
  });
  const tensors = Object.fromEntries(
    Array.from(rows, ([name, values]) => [name, stacked(values, count, COLUMN_TENSORS[name])]),
  );
  const left =
    kept.length === columns.length
      ? []
      : [
          `The values of the first ${kept.length} of ${columns.length} columns are kept; all would make a very large file.`,
        ];
  return {
    tensors: { ...tensors, ...(rows.has('column_codes') && texts.tensors()) },
    columns: described,
    notes: left,
  };
}

function describe(column: ViewColumn): ColumnText {
  const { name, stored } = column;
  switch (column.type) {
    case 'number':
      return { name, stored, type: 'number', integers: column.integers, single: isSingle(column) };
    case 'boolean':
      return { name, stored, type: 'boolean' };
    case 'date':
      return { name, stored, type: 'date', precision: column.precision };
    case 'text':
      return { name, stored, type: 'text', texts: column.texts.length };
  }
}

/** Whether float32 holds every number of the column exactly. */
function isSingle({ values }: NumberColumn): boolean {
  for (let i = 0; i < values.length; i++) if (!Object.is(Math.fround(values[i]), values[i])) return false;
  return true;
}

function valuesOf(column: ViewColumn): ArrayLike<number> {
  return column.type === 'text' ? column.codes : column.values;
}

/** Columns one after another. */
function stacked(
  rows: readonly ArrayLike<number>[],
  count: number,
  type: (typeof COLUMN_TENSORS)[ColumnTensor],
): Tensor {
  const data = new type(rows.length * count);
  rows.forEach((row, i) => {
    data.set(row, i * count);
  });
  return { data, shape: [rows.length, count] };
}

/** Texts of all columns in UTF-8, one after another. */
class Texts {
  readonly #encoder = new TextEncoder();
  readonly #texts: Uint8Array[] = [];
  #bytes = 0;

  /** @returns false, and takes none of them, when they are too long */
  add(texts: readonly string[]): boolean {
    const encoded = texts.map((text) => this.#encoder.encode(text));
    const bytes = encoded.reduce((sum, { length }) => sum + length, this.#bytes);
    if (bytes > MAX_TEXT_BYTES) return false;
    for (const text of encoded) this.#texts.push(text);
    this.#bytes = bytes;
    return true;
  }

  tensors(): Record<string, Tensor> {
    const data = new Uint8Array(this.#bytes);
    const ends = new Uint32Array(this.#texts.length);
    let end = 0;
    this.#texts.forEach((text, i) => {
      data.set(text, end);
      ends[i] = end += text.length;
    });
    return {
      column_texts: { data, shape: [data.length] },
      column_text_ends: { data: ends, shape: [ends.length] },
    };
  }
}
