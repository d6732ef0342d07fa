import type { Separator } from './dialect.ts';

/** A line of the sample. */
export interface SampleRow {
  readonly cells: readonly string[];
  /** Where it starts and where the next one does, in characters of the sample. */
  readonly start: number;
  readonly next: number;
}

/** More rows show nothing new. */
const MAX_ROWS = 1000;

/**
 * Divides the first lines of a text by a separator, as `RowScanner` does with all of them. Blank lines are left out. A last
 * line that may go on beyond the sample is left out as well.
 *
 * @param isWhole whether the text ends with the sample
 */
export function splitSample(
  text: string,
  from: number,
  separator: Separator,
  isWhole: boolean,
  comment: string | undefined,
): SampleRow[] {
  const rows: SampleRow[] = [];
  let start = from;
  while (start < text.length && rows.length < MAX_ROWS) {
    const row = rowAt(text, start, separator);
    if (row.next >= text.length && !isWhole) break;
    start = row.next;
    const isComment = comment !== undefined && text.startsWith(comment, row.start);
    if (!isComment && row.cells.some((cell) => cell !== '')) rows.push(row);
  }
  return rows;
}

const BLANK = /[ \t]/;

function rowAt(text: string, start: number, separator: Separator): SampleRow {
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
    const quoted = text[at] === '"' ? quotedAt(text, at) : undefined;
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

function quotedAt(text: string, opening: number): { readonly text: string; readonly next: number } {
  let at = opening + 1;
  while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) at += text[at] === '"' ? 2 : 1;
  return { text: text.slice(opening + 1, at).replaceAll('""', '"'), next: at + 1 };
}
