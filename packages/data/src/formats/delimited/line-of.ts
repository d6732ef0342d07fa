import { CARRIAGE_RETURN, LINE_FEED } from './ascii.ts';

/** The line of a byte, counted from 1 as an editor shows it: a line ends with LF, CR, or both. */
export function lineOf(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (let i = 0; i < at; i++) {
    if (bytes[i] === LINE_FEED || (bytes[i] === CARRIAGE_RETURN && bytes[i + 1] !== LINE_FEED)) line++;
  }
  return line;
}
