import { FormatError } from '../../errors.ts';

/** A line, and the byte after it. */
export interface Line {
  readonly line: string;
  readonly end: number;
}

const LINE_FEED = 0x0a;

/** Greatest number of bytes of a line. */
const MAX_LINE_BYTES = 2 ** 25;

/**
 * The lines of UTF-8 text. Each is decoded by itself: the longest string is shorter than a file may be.
 *
 * @throws {FormatError} when a line is too long
 */
export function* linesOf(bytes: Uint8Array, file: string): Generator<Line> {
  const decoder = new TextDecoder();
  let row = 0;
  for (let start = 0; start < bytes.length;) {
    row++;
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    if (end - start > MAX_LINE_BYTES) {
      throw new FormatError({ file, row }, `the line does not end within ${MAX_LINE_BYTES} bytes.`);
    }
    yield { line: decoder.decode(bytes.subarray(start, end)), end: end + 1 };
    start = end + 1;
  }
}
