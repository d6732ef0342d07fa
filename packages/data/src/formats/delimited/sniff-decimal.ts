import type { Separator } from './dialect.ts';
import type { SampleRow } from './split-sample.ts';

/** Numbers that can have only one decimal mark, and numbers that could be of thousands with that mark as well. */
const CERTAIN = {
  '.': /^[-+]?(0?\.\d+|\d+\.(\d{1,2}|\d{4,})|(0\d*|\d{4,})\.\d+|\d{1,3}(,\d{3})+\.\d+)(e[-+]?\d+)?$/i,
  ',': /^[-+]?(0?,\d+|\d+,(\d{1,2}|\d{4,})|(0\d*|\d{4,}),\d+|\d{1,3}(\.\d{3})+,\d+)(e[-+]?\d+)?$/i,
} as const;
const MANY_GROUPS = { '.': /^[-+]?\d{1,3}(,\d{3}){2,}$/, ',': /^[-+]?\d{1,3}(\.\d{3}){2,}$/ } as const;

/** A decimal mark. */
export interface FoundDecimal {
  readonly mark: '.' | ',';
  /** Whether some numbers can have no other. */
  readonly isCertain: boolean;
}

/**
 * The decimal mark of plain numbers, by the first lines. Columns that are written in another way are read as texts first,
 * and judged when the whole column is known: see `number-style.ts`.
 */
export function sniffDecimal(data: readonly SampleRow[], separator: Separator): FoundDecimal {
  if (separator === ',') return { mark: '.', isCertain: false };
  const cells = data.flatMap((row) => row.cells);
  const isCertain = (mark: '.' | ','): boolean =>
    cells.some((cell) => CERTAIN[mark].test(cell) || MANY_GROUPS[mark].test(cell));
  if (isCertain('.')) return { mark: '.', isCertain: true };
  if (isCertain(',')) return { mark: ',', isCertain: true };
  return { mark: '.', isCertain: false };
}
