import { FormatError } from '../../errors.ts';
import { MAX_NESTING } from '../json.ts';

/** A part of the text that is replaced before it is parsed. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Some elements of an array, as bytes. */
export interface Elements {
  /** Where they end: at the comma that follows them, or at the end of the array. */
  readonly end: number;
  readonly count: number;
  /** How many keys of objects there are. */
  readonly keys: number;
  readonly edits: readonly Edit[];
  /** Whether the array ends after them. */
  readonly isLast: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
export const NEWLINE = 0x0a;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const MINUS = 0x2d;
const CAPITAL_N = 0x4e;

/** A shorter whole number is below 2^53. */
const MAX_SAFE_DIGITS = 15;

/** What stands between the values that are looked for: a comma in a list, a line break in NDJSON. */
export type Separator = typeof COMMA | typeof NEWLINE;

/**
 * Finds the elements of an array from `start` on, until there are `length` bytes of them. The bytes need not be valid JSON.
 * Lines of values end with the bytes, and none of them may be continued on the next one.
 *
 * Whole numbers that float64 would round become texts, and NaN, which Python writes, becomes null.
 *
 * @param start behind the bracket that opens the array, or behind a comma
 * @throws {FormatError} when the array does not end, or is nested more than 64 deep
 */
export function scanElements(
  bytes: Uint8Array,
  start: number,
  length: number,
  file: string,
  separator: Separator = COMMA,
): Elements {
  const edits: Edit[] = [];
  let depth = 0;
  let count = 0;
  let keys = 0;
  let isBlank = true;
  for (let at = start; at < bytes.length; at++) {
    const code = bytes[at];
    if (code <= 32 && code !== separator) continue;
    if (code === separator && (depth === 0 || code === NEWLINE)) {
      if (depth > 0) throw cutShort(bytes, file);
      count++;
      if (at - start >= length) return { end: at, count, keys, edits, isLast: false };
      continue;
    }
    if (code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      if (depth === 0) return { end: at, count: isBlank ? 0 : count + 1, keys, edits, isLast: true };
      depth--;
    }
    isBlank = false;
    if (code === QUOTE) at = endOfString(bytes, at) - 1;
    else if (code === COLON) keys++;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (++depth >= MAX_NESTING) throw tooDeep(file);
    } else if (isDigit(code) || code === MINUS) {
      const end = endOfNumber(bytes, at);
      if (end - at > MAX_SAFE_DIGITS) addExact(bytes, at, end, edits);
      at = end - 1;
    } else if (code === CAPITAL_N && bytes[at + 1] === 0x61 && bytes[at + 2] === CAPITAL_N) {
      edits.push({ start: at, end: at + 3, text: 'null' });
      at += 2;
    }
  }
  if (separator === COMMA || depth > 0) throw cutShort(bytes, file);
  return { end: bytes.length, count: isBlank ? 0 : count + 1, keys, edits, isLast: true };
}

function cutShort(bytes: Uint8Array, file: string): FormatError {
  return new FormatError(
    { file },
    `not valid JSON: the file ends at byte ${bytes.length} inside a list or an object. It is cut short.`,
  );
}

function tooDeep(file: string): FormatError {
  return new FormatError(
    { file },
    `nested more than ${MAX_NESTING} deep; nothing that Shoal reads needs that.`,
  );
}

/** Where the text after a string starts; the string may lack its closing quote. */
export function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at + 1;
  }
  return bytes.length;
}

/** Where the next thing that is not blank is. */
export function skipBlanks(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && (bytes[at] === 32 || (bytes[at] >= 9 && bytes[at] <= 13))) at++;
  return at;
}

function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  for (; at < bytes.length; at++) {
    const code = bytes[at];
    // The others that a number may have: + - . E e
    if (!isDigit(code) && code !== 0x2b && code !== MINUS && code !== 0x2e && (code | 32) !== 0x65) break;
  }
  return at;
}

function addExact(bytes: Uint8Array, start: number, end: number, edits: Edit[]): void {
  let text = '';
  for (let at = start; at < end && end - start < 400; at++) text += String.fromCharCode(bytes[at]);
  if (/^-?\d+$/.test(text) && String(Number(text)) !== text && text !== '-0') {
    edits.push({ start, end, text: `"${text}"` });
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
