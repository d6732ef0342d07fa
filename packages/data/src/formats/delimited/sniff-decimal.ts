import { FormatError } from '../../errors.ts';
import { shortened } from '../shortened.ts';
import type { Separator } from './dialect.ts';
import type { SampleRow } from './split-sample.ts';

/** Numbers that can have only one decimal mark, and numbers that could be of thousands with that mark as well. */
const CERTAIN = {
  '.': /^[-+]?(0?\.\d+|\d+\.(\d{1,2}|\d{4,})|(0\d*|\d{4,})\.\d+|\d{1,3}(,\d{3})+\.\d+)(e[-+]?\d+)?$/i,
  ',': /^[-+]?(0?,\d+|\d+,(\d{1,2}|\d{4,})|(0\d*|\d{4,}),\d+|\d{1,3}(\.\d{3})+,\d+)(e[-+]?\d+)?$/i,
} as const;
const MANY_GROUPS = { '.': /^[-+]?\d{1,3}(,\d{3}){2,}$/, ',': /^[-+]?\d{1,3}(\.\d{3}){2,}$/ } as const;
const ONE_GROUP = { '.': /^[-+]?\d{1,3}\.\d{3}$/, ',': /^[-+]?\d{1,3},\d{3}$/ } as const;
const SMALL = /^[-+]?\d{1,3}$/;

/** A decimal mark. */
export interface FoundDecimal {
  readonly mark: '.' | ',';
  /** Whether some numbers can have no other. */
  readonly isCertain: boolean;
}

/**
 * The decimal mark of plain numbers, by the first lines. Columns that are written in another way are read as texts first,
 * and judged when the whole column is known: see `number-style.ts`.
 *
 * @throws {FormatError} when points could be of thousands as well as decimal
 */
export function sniffDecimal(
  data: readonly SampleRow[],
  separator: Separator,
  names: readonly string[],
  file: string,
): FoundDecimal {
  if (separator === ',') return { mark: '.', isCertain: false };
  const cells = data.flatMap((row) => row.cells);
  const isCertain = (mark: '.' | ','): boolean =>
    cells.some((cell) => CERTAIN[mark].test(cell) || MANY_GROUPS[mark].test(cell));
  if (isCertain('.')) return { mark: '.', isCertain: true };
  if (isCertain(',')) return { mark: ',', isCertain: true };
  if (separator === ';') rejectMixed(data, names, file);
  return { mark: '.', isCertain: false };
}

/** Semicolons are used where commas are decimal marks, and points may be of thousands: 950, 1.234, 12.345. */
function rejectMixed(data: readonly SampleRow[], names: readonly string[], file: string): void {
  for (const [j, name] of names.entries()) {
    const values = data.map(({ cells }) => cells[j] ?? '').filter((cell) => cell !== '');
    const grouped = values.find((value) => ONE_GROUP['.'].test(value));
    if (grouped === undefined || !values.some((value) => SMALL.test(value))) continue;
    if (!values.every((value) => SMALL.test(value) || ONE_GROUP['.'].test(value))) continue;
    throw new FormatError(
      { file },
      `"${grouped}" in the column "${shortened(name)}" can be read as ${Number(grouped)} (--decimal point) or as ${grouped.replace('.', '')} (--decimal comma). Say which with that option.`,
    );
  }
}
