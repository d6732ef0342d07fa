import type { Pausable } from '@shoal/core/engine-kit';
import type { FileFormat } from './format.ts';
import { ArrayRows, LONG_INTEGERS, type OnBytes } from './json/array-content.ts';
import { parseLine, parseLines } from './json/parse-elements.ts';
import { readJsonTexts } from './json/read-texts.ts';
import { NEWLINE } from './json/scan.ts';
import { startsLikeJsonLines } from './json/start.ts';
import { TEXT_OPTIONS, type JsonContent } from './json/typed-content.ts';

/** Number of bytes that are parsed at a time, and a line beyond it. */
const PIECE_BYTES = 1 << 20;

/** A value of JSON in each line, which is a row. */
export const ndjsonFormat = {
  name: 'ndjson',
  title: 'NDJSON',
  extensions: ['ndjson', 'jsonl'],
  sniff: startsLikeJsonLines,
  options: TEXT_OPTIONS,
  announcedBytes: () => undefined,
  read: (request) => readJsonTexts(request, content),
} as const satisfies FileFormat;

function* content(bytes: Uint8Array, file: string, onBytes: OnBytes): Pausable<JsonContent> {
  const rows = new ArrayRows(file);
  let line = 1;
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(NEWLINE, start + PIECE_BYTES);
    const end = found < 0 ? bytes.length : found;
    line += addLines(bytes.subarray(start, end), line, rows, file);
    start = end + 1;
    onBytes(Math.min(start, bytes.length));
    yield;
  }
  return rows.finish();
}

/**
 * Adds the rows of some lines: at once, or one by one when a line is blank or wrong.
 *
 * @returns how many lines they are
 */
function addLines(bytes: Uint8Array, first: number, rows: ArrayRows, file: string): number {
  const parsed = parseLines(bytes, file);
  if (parsed !== undefined) {
    if (parsed.hasLongIntegers) rows.note(LONG_INTEGERS);
    for (const [i, value] of parsed.values.entries()) rows.add(value, first + i);
    return parsed.values.length;
  }
  let line = first;
  for (let start = 0; start <= bytes.length; line++) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found < 0 ? bytes.length : found;
    const one = parseLine(bytes.subarray(start, end), line, file);
    if (one?.hasLongIntegers === true) rows.note(LONG_INTEGERS);
    for (const value of one?.values ?? []) rows.add(value, line);
    start = end + 1;
  }
  return line - first;
}
