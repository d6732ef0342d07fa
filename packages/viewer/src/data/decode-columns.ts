import { MISSING_BOOLEAN, MISSING_CODE } from '@shoal/tables';
import { tensorOf, type ColumnText } from './column-text.ts';
import type { ViewColumn } from './columns.ts';
import type { ViewTensors } from './view-tensors.ts';

/**
 * Reads the output of `encodeColumns`.
 *
 * @param count points, N
 * @throws {FormatError} when the tensors do not have the columns that are described
 */
export function decodeColumns(
  tensors: ViewTensors,
  described: readonly ColumnText[],
  count: number,
): readonly ViewColumn[] {
  const rowsOf = (name: string): number => described.filter((column) => tensorOf(column) === name).length;
  const singles = inTurn(rowsOf('column_singles'), count, (shape) =>
    tensors.float32('column_singles', shape),
  );
  const doubles = inTurn(rowsOf('column_doubles'), count, (shape) =>
    tensors.float64('column_doubles', shape),
  );
  const flags = inTurn(rowsOf('column_flags'), count, (shape) => tensors.bytes('column_flags', shape));
  const codes = inTurn(rowsOf('column_codes'), count, (shape) => tensors.int32('column_codes', shape));
  const texts = textsInTurn(tensors, described);
  const checked = <T extends Uint8Array | Int32Array>(
    name: string,
    values: T,
    fits: (value: number) => boolean,
  ): T => {
    const wrong = values.findIndex((value) => !fits(value));
    if (wrong >= 0) tensors.refuse(name, `has ${values[wrong]} for point ${wrong}, which has no meaning`);
    return values;
  };
  return described.map((column): ViewColumn => {
    const { name, stored } = column;
    const about = { name, ...(stored !== undefined && { stored }) };
    switch (column.type) {
      case 'number': {
        const { type, integers, single } = column;
        return { ...about, type, integers, values: single ? singles() : doubles() };
      }
      case 'boolean':
        return { ...about, type: column.type, values: checked('column_flags', flags(), isFlag) };
      case 'date':
        return { ...about, type: column.type, precision: column.precision, values: doubles() };
      case 'text': {
        const own = texts(column.texts);
        const isCode = (code: number): boolean => code >= MISSING_CODE && code < own.length;
        return {
          ...about,
          type: column.type,
          texts: own,
          codes: checked('column_codes', codes(), isCode),
        };
      }
    }
  });
}

function isFlag(value: number): boolean {
  return value <= 1 || value === MISSING_BOOLEAN;
}

/** @returns a function that gives the next row of a tensor of `rows` x `count` values */
function inTurn<T extends { subarray(start: number, end: number): T }>(
  rows: number,
  count: number,
  read: (shape: readonly number[]) => T,
): () => T {
  const data = rows === 0 ? undefined : read([rows, count]);
  let next = 0;
  return () => {
    if (data === undefined) throw new RangeError('There is one row for each column of this kind.');
    return data.subarray(next * count, ++next * count);
  };
}

/** @returns a function that gives so many of the next texts */
function textsInTurn(
  tensors: ViewTensors,
  described: readonly ColumnText[],
): (length: number) => readonly string[] {
  const lengths = described.flatMap((column) => (column.type === 'text' ? [column.texts] : []));
  if (lengths.length === 0) return () => [];
  const [size] = tensors.shape('column_texts', 1);
  const bytes = tensors.bytes('column_texts', [size]);
  const ends = tensors.uint32('column_text_ends', [lengths.reduce((sum, length) => sum + length, 0)]);
  const wrong = ends.findIndex((end, i) => end > size || (i > 0 && end < ends[i - 1]));
  if (wrong >= 0) tensors.refuse('column_text_ends', `ends text ${wrong} at byte ${ends[wrong]} of ${size}`);
  // A text may start with what would be a byte order mark at the start of a file.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let next = 0;
  return (length) =>
    Array.from({ length }, () => {
      const start = next === 0 ? 0 : ends[next - 1];
      return decoder.decode(bytes.subarray(start, ends[next++]));
    });
}
