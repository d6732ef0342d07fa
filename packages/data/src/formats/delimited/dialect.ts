import { CARRIAGE_RETURN, LINE_FEED, SPACE, TAB } from './ascii.ts';

/** What separates values: one of these characters; runs of spaces and tabs (" "); or nothing, in a file of one column. */
export type Separator = ',' | ';' | '\t' | '|' | ' ' | 'none';

/** What stands around values that hold separators. */
export type Quote = '"' | "'";

/** How a delimited text is to be divided and understood. */
export interface Dialect {
  readonly delimiter: Separator;
  readonly decimal: '.' | ',';
  /** Whether the text or the caller leaves no doubt about the decimal mark. */
  readonly isDecimalCertain: boolean;
  readonly quote: Quote;
  /** Lines that start like this are skipped. */
  readonly comment?: string | undefined;
  /** Names of the columns; one per column. */
  readonly names: readonly string[];
  readonly hasHeader: boolean;
  /** The header's line, when it has a name above numbers: another line like it is no data. */
  readonly headerLine?: Uint8Array | undefined;
  /** The first byte of the data, after the header. */
  readonly dataStart: number;
  /** What was found and is not among the above, a sentence each. */
  readonly notes: readonly string[];
}

/** What a byte between values means. */
export const IN_VALUE = 0;
export const AFTER_VALUE = 1;
export const AFTER_LINE = 2;

/** The meaning of each byte that is not in quotes. */
export function meaningOfBytes(delimiter: Separator): Uint8Array {
  const meaning = new Uint8Array(256);
  meaning[LINE_FEED] = AFTER_LINE;
  meaning[CARRIAGE_RETURN] = AFTER_LINE;
  if (delimiter === ' ') {
    meaning[SPACE] = AFTER_VALUE;
    meaning[TAB] = AFTER_VALUE;
  } else if (delimiter !== 'none') {
    meaning[delimiter.charCodeAt(0)] = AFTER_VALUE;
  }
  return meaning;
}
