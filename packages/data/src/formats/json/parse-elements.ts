import type { JsonValue } from '@shoal/core';
import { FormatError } from '../../errors.ts';
import { parseJson, repeatedKey } from '../json.ts';
import { shortened } from '../shortened.ts';
import { NEWLINE, scanElements, type Edit, type Elements } from './scan.ts';

/** Number of bytes that are parsed at a time: some hundredths of a second. */
const PIECE_BYTES = 1 << 20;

/** Elements of an array that follow one another. */
export interface ParsedElements {
  readonly values: readonly JsonValue[];
  /** Where the rest of the array starts, or, after the last element, what is behind the array. */
  readonly next: number;
  readonly isLast: boolean;
  /** Whether a whole number was kept as a text, because float64 would have rounded it. */
  readonly hasLongIntegers: boolean;
}

/**
 * Parses the elements of an array piece by piece: the texts of large files are longer than strings can be.
 *
 * @param start behind the bracket that opens the array
 * @throws {FormatError} naming the element that is not JSON, or gives a key twice
 */
export function* parseElements(
  bytes: Uint8Array,
  start: number,
  file: string,
): Generator<ParsedElements, number> {
  let at = start;
  let before = 0;
  for (;;) {
    const piece = scanElements(bytes, at, PIECE_BYTES, file);
    const values = parsePiece(bytes, at, piece, before, file);
    const { edits, end, isLast } = piece;
    yield {
      values,
      next: end + 1,
      isLast,
      hasLongIntegers: hasLongIntegers(edits),
    };
    at = end + 1;
    before += values.length;
    if (isLast) return at;
  }
}

function parsePiece(
  bytes: Uint8Array,
  start: number,
  piece: Elements,
  before: number,
  file: string,
): readonly JsonValue[] {
  const text = `[${textOf(bytes, start, piece, file)}]`;
  const values = tryParse(text);
  // An empty piece is only allowed in an empty array: a comma comes before, or after, an element.
  const isTrailing = piece.count === 0 && before > 0;
  if (values?.length !== piece.count || isTrailing) throw errorIn(bytes, start, piece, before, file);
  if (piece.keys > countKeys(values)) {
    const key = repeatedKey(text) ?? '';
    throw new FormatError(
      { file },
      `not clear: it gives the key ${shortened(key)} twice in one object, in one of the elements ${before + 1} to ${before + piece.count}.`,
    );
  }
  return values;
}

/** A value of an object. */
export interface ParsedValue {
  readonly value: JsonValue;
  /** Where the comma or the brace behind it is. */
  readonly next: number;
  /** Whether a whole number was kept as a text, because float64 would have rounded it. */
  readonly hasLongIntegers: boolean;
}

/**
 * Parses the value under a name of an object, at once.
 *
 * @param start behind the colon
 * @throws {FormatError} when it is not JSON, is longer than 64 MiB, or gives a key twice
 */
export function parseValue(bytes: Uint8Array, start: number, file: string): ParsedValue {
  const found = scanElements(bytes, start, 0, file);
  const value = parseJson(textOf(bytes, start, found, file), file);
  return { value, next: found.end, hasLongIntegers: hasLongIntegers(found.edits) };
}

/** Values of lines, and whether a whole number in them was kept as a text. */
export interface ParsedLines {
  readonly values: readonly JsonValue[];
  readonly hasLongIntegers: boolean;
}

/**
 * Parses lines that hold one value each, all at once; undefined when a line is blank, or is not one value.
 *
 * @param bytes without the last line's break
 */
export function parseLines(bytes: Uint8Array, file: string): ParsedLines | undefined {
  const found = scanLines(bytes, file);
  if (found === undefined) return undefined;
  const lines = textOf(bytes, 0, found, file).split('\n');
  // A line break inside a text is not valid; there, it would become a comma.
  const values = lines.length === found.count ? tryParse(`[${lines.join(',')}]`) : undefined;
  if (values?.length !== found.count || found.keys > countKeys(values)) return undefined;
  return { values, hasLongIntegers: hasLongIntegers(found.edits) };
}

function scanLines(bytes: Uint8Array, file: string): Elements | undefined {
  try {
    const found = scanElements(bytes, 0, Infinity, file, NEWLINE);
    return found.end === bytes.length ? found : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/**
 * Parses a single line; undefined when it is blank.
 *
 * @throws {FormatError} naming the line when it is not JSON, holds several values, or gives a key twice
 */
export function parseLine(bytes: Uint8Array, line: number, file: string): ParsedLines | undefined {
  if (bytes.every((byte) => byte <= 32)) return undefined;
  const parsed = parseLines(bytes, file);
  if (parsed !== undefined) return parsed;
  const text = new TextDecoder().decode(bytes).trim();
  const key = tryParse(`[${text}]`)?.length === 1 ? repeatedKey(`[${text}]`) : undefined;
  throw new FormatError(
    { file, row: line },
    key === undefined
      ? `not one value of JSON: ${shortened(text)}.`
      : `not clear: it gives the key ${shortened(key)} twice in one object.`,
  );
}

function hasLongIntegers(edits: readonly Edit[]): boolean {
  return edits.some(({ text }) => text !== 'null');
}

/** Which element is wrong, found by parsing one after the other. */
function errorIn(
  bytes: Uint8Array,
  start: number,
  { end }: Elements,
  before: number,
  file: string,
): FormatError {
  let at = start;
  let element = before;
  while (at <= end) {
    element++;
    const one = scanElements(bytes, at, 0, file);
    const text = textOf(bytes, at, one, file);
    if (one.count !== 1 || tryParse(`[${text}]`)?.length !== 1) {
      const found = text.trim() === '' ? 'nothing' : shortened(text.trim());
      const hint = /\bInfinity\b/.test(text) ? ' JSON has no infinities.' : '';
      return new FormatError({ file }, `not valid JSON: element ${element} is ${found}.${hint}`);
    }
    at = one.end + 1;
  }
  return new FormatError({ file }, 'not valid JSON.');
}

function tryParse(text: string): readonly JsonValue[] | undefined {
  try {
    return JSON.parse(text) as readonly JsonValue[];
  } catch {
    return undefined;
  }
}

/**
 * A piece as text, with its edits made.
 *
 * @throws {FormatError} when it is not UTF-8
 */
function textOf(bytes: Uint8Array, start: number, { end, edits }: Elements, file: string): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const parts: string[] = [];
  let at = start;
  try {
    for (const edit of edits) {
      parts.push(decoder.decode(bytes.subarray(at, edit.start)), edit.text);
      at = edit.end;
    }
    parts.push(decoder.decode(bytes.subarray(at, end)));
  } catch (cause) {
    throw new FormatError({ file }, 'not valid JSON: it is not UTF-8.', { cause });
  }
  return parts.join('');
}

/** How many keys objects have, in all. */
function countKeys(value: JsonValue | readonly JsonValue[]): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const inner of value as readonly JsonValue[]) {
      if (typeof inner === 'object') count += countKeys(inner);
    }
    return count;
  }
  for (const inner of Object.values(value)) {
    count++;
    if (typeof inner === 'object') count += countKeys(inner);
  }
  return count;
}
