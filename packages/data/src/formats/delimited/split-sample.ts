import type { Quote, Separator } from './dialect.ts';

/** A line of the sample. */
export interface SampleRow {
  readonly cells: readonly string[];
  /** Where it starts and where the next one does, in characters of the sample. */
  readonly start: number;
  readonly next: number;
}

/** Options of `splitSample`. */
export interface SplitOptions {
  /** Where to start. */
  readonly from?: number;
  /** Whether the text ends with the sample (default true). */
  readonly isWhole?: boolean;
  readonly comment?: string | undefined;
  readonly quote?: Quote;
}

/** More rows show nothing new. */
const MAX_ROWS = 1000;

/**
 * Divides the first lines of a text by a separator, as `RowScanner` does with all of them. Blank lines are left out. A last
 * line that may go on beyond the sample is left out as well.
 */
export function splitSample(
  text: string,
  separator: Separator,
  { from = 0, isWhole = true, comment, quote = '"' }: SplitOptions = {},
): SampleRow[] {
  const rows: SampleRow[] = [];
  let start = from;
  while (start < text.length && rows.length < MAX_ROWS) {
    const row = rowAt(text, start, separator, quote);
    if (row.next >= text.length && !isWhole) break;
    start = row.next;
    const isComment = comment !== undefined && text.startsWith(comment, row.start);
    if (!isComment && (row.cells.length > 1 || row.cells[0] !== '')) rows.push(row);
  }
  return rows;
}

const BLANK = /[ \t]/;

function rowAt(text: string, start: number, separator: Separator, quote: Quote): SampleRow {
  const isSpaced = separator === ' ';
  const isBlank = (at: number): boolean =>
    at < text.length && BLANK.test(text[at]) && (isSpaced || text[at] !== separator);
  const isSeparator = (at: number): boolean => (isSpaced ? BLANK.test(text[at]) : text[at] === separator);
  const isLineEnd = (at: number): boolean => at >= text.length || text[at] === '\n' || text[at] === '\r';
  const cells: string[] = [];
  let at = start;
  for (;;) {
    while (isBlank(at)) at++;
    if (isSpaced && cells.length > 0 && isLineEnd(at)) break;
    const quoted = text[at] === quote ? quotedAt(text, at, quote) : undefined;
    if (quoted === undefined) {
      const from = at;
      while (!isLineEnd(at) && !isSeparator(at)) at++;
      cells.push(text.slice(from, at).trim());
    } else {
      at = quoted.next;
      while (!isLineEnd(at) && !isSeparator(at)) at++;
      cells.push(quoted.text + text.slice(quoted.next, at).trimEnd());
    }
    if (isLineEnd(at)) break;
    at++;
  }
  return { cells, start, next: text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1 };
}

function quotedAt(
  text: string,
  opening: number,
  quote: Quote,
): { readonly text: string; readonly next: number } {
  let at = opening + 1;
  while (at < text.length && (text[at] !== quote || text[at + 1] === quote)) at += text[at] === quote ? 2 : 1;
  return { text: text.slice(opening + 1, at).replaceAll(quote + quote, quote), next: at + 1 };
}
