import { DataError } from '@shoal/core';
import { wordsOf } from '../table/boolean-words.ts';
import { cellAt, MISSING_BOOLEAN, MISSING_CODE } from '../table/cells.ts';
import type { Column, TextColumn } from '../table/table.ts';
import { quoted } from './quoted.ts';

/** A column as categories. */
export type Codes = Pick<TextColumn, 'texts' | 'codes'>;

/**
 * A column as categories: the words of booleans, numbers as JavaScript writes them, dates in ISO 8601.
 *
 * @throws {DataError} when it has vectors or bytes
 */
export function codesOf(column: Column): Codes {
  switch (column.type) {
    case 'text':
      return column;
    case 'boolean':
      return {
        texts: wordsOf(column),
        codes: Int32Array.from(column.values, (value) => (value === MISSING_BOOLEAN ? MISSING_CODE : value)),
      };
    case 'number':
    case 'date':
      return codesOfNumbers(column);
    case 'vector':
    case 'bytes':
      throw new DataError(
        `The column ${quoted(column.name)} has ${column.type === 'bytes' ? 'bytes' : 'vectors'}, which cannot be categories.`,
      );
  }
}

function codesOfNumbers(column: Extract<Column, { type: 'number' | 'date' }>): Codes {
  const { values } = column;
  const known = new Map<number, number>();
  const texts: string[] = [];
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) {
      codes[i] = MISSING_CODE;
      continue;
    }
    let code = known.get(value);
    if (code === undefined) {
      known.set(value, (code = texts.length));
      texts.push(String(cellAt(column, i)));
    }
    codes[i] = code;
  }
  return { texts, codes };
}

/** Rows of each text, and of none. */
export interface LevelCounts {
  /** One per text, in the order of `texts`. */
  readonly counts: Uint32Array;
  readonly missing: number;
}

export function countLevels({ texts, codes }: Codes): LevelCounts {
  const counts = new Uint32Array(texts.length);
  let missing = 0;
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] < 0) missing++;
    else counts[codes[i]]++;
  }
  return { counts, missing };
}
