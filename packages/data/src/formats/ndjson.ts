import { inTurns, type Pausable } from '@shoal/core/engine-kit';
import { utf8Of } from './delimited/encoding.ts';
import type { FileContent, FileFormat, ReadRequest } from './format.ts';
import { ArrayRows, LONG_INTEGERS, type OnBytes } from './json/array-content.ts';
import { parseLine } from './json/parse-elements.ts';
import { startsLikeJsonLines } from './json/start.ts';

const EXTENSIONS = ['ndjson', 'jsonl'];

/** Lines that are read before the event loop may have a turn. */
const LINES_PER_TURN = 1024;

const NEWLINE = 10;

/** A value of JSON in each line, which is a row. */
export const ndjsonFormat = {
  name: 'ndjson',
  title: 'NDJSON',
  extensions: EXTENSIONS,
  sniff: (head, file) => startsLikeJsonLines(head, file, EXTENSIONS),
  options: [],
  announcedBytes: () => undefined,
  read: readLines,
} as const satisfies FileFormat;

async function readLines({ bytes: given, file, signal, onProgress }: ReadRequest): Promise<FileContent> {
  const { bytes } = utf8Of(given, file, undefined);
  const onBytes: OnBytes = (completed) => {
    onProgress?.({ phase: 'reading', completed, total: bytes.length });
  };
  return inTurns(content(bytes, file, onBytes), signal);
}

function* content(bytes: Uint8Array, file: string, onBytes: OnBytes): Pausable<FileContent> {
  const rows = new ArrayRows(file);
  let line = 0;
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found < 0 ? bytes.length : found;
    line++;
    const parsed = parseLine(bytes.subarray(start, end), line, file);
    if (parsed !== undefined) {
      rows.add(parsed.value, line);
      if (parsed.hasLongIntegers) rows.note(LONG_INTEGERS);
    }
    start = end + 1;
    if (line % LINES_PER_TURN !== 0) continue;
    onBytes(start);
    yield;
  }
  onBytes(bytes.length);
  return rows.finish();
}
