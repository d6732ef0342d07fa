import type { JsonValue } from '@shoal/core';
import { FormatError } from '../errors.ts';
import { shortened } from './shortened.ts';

export { isJsonObject } from '@shoal/core/model-kit';

/** How deep lists and objects may be nested. Shoal's own files are nested about twelve deep. */
export const MAX_NESTING = 64;

/** Greatest number of bytes, or characters, of JSON. Parsed, they take about ten times as much memory. */
export const MAX_JSON_BYTES = 2 ** 26;

/**
 * The only place where a file's JSON is read. Deeper nesting could overflow the stack, and when a key is given twice,
 * it is not clear which value is meant.
 *
 * @param text or its bytes in UTF-8
 * @param file for errors
 * @param part the part of the file, for errors: "the safetensors header"
 * @throws {FormatError} when it is not JSON, longer than 64 MiB, nested more than 64 deep, or an object gives a key twice
 */
export function parseJson(text: string | Uint8Array, file: string, part?: string): JsonValue {
  const fail = (what: string, cause?: unknown): FormatError =>
    new FormatError({ file }, part === undefined ? what : `${part} is ${what}`, { cause });
  if (text.length > MAX_JSON_BYTES) {
    throw fail(`too long: at most ${MAX_JSON_BYTES} bytes are read, but it has ${text.length}.`);
  }
  let value: JsonValue;
  let json: string;
  try {
    json = typeof text === 'string' ? text : new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch (cause) {
    throw fail('not valid JSON: it is not UTF-8.', cause);
  }
  if (isNestedDeeper(json, MAX_NESTING)) {
    throw fail(`nested more than ${MAX_NESTING} deep; nothing that Shoal reads needs that.`);
  }
  try {
    value = JSON.parse(json) as JsonValue;
  } catch (cause) {
    throw fail('not valid JSON.', cause);
  }
  const repeated = repeatedKey(json);
  if (repeated !== undefined) {
    throw fail(`not clear: it gives the key ${shortened(repeated)} twice in one object.`);
  }
  return value;
}

/** Whether lists and objects are nested deeper than `max`. The text need not be valid JSON. */
function isNestedDeeper(json: string, max: number): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at) - 1;
    else if (code === BRACE_END || code === BRACKET_END) depth--;
    else if ((code === BRACE || code === BRACKET) && ++depth > max) return true;
  }
  return false;
}

/** The first key that an object of valid JSON gives twice, as it is written there. */
export function repeatedKey(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === BRACE) open.push(new Set());
    else if (code === BRACKET) open.push(undefined);
    else if (code === BRACE_END || code === BRACKET_END) open.pop();
    if (code !== QUOTE) continue;
    const end = endOfString(json, at);
    const written = json.slice(at, end);
    at = end - 1;
    if (!isKey(json, end)) continue;
    const keys = open[open.length - 1]!;
    const key = written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
    if (keys.has(key)) return written;
    keys.add(key);
  }
  return undefined;
}

const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
const BRACE = '{'.charCodeAt(0);
const BRACE_END = '}'.charCodeAt(0);
const BRACKET = '['.charCodeAt(0);
const BRACKET_END = ']'.charCodeAt(0);
const COLON = ':'.charCodeAt(0);

/** Where the text after a string starts; the string may lack its closing quote. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length) {
    const code = json.charCodeAt(at++);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) break;
  }
  return at;
}

/** Whether a colon follows. */
function isKey(json: string, at: number): boolean {
  let next = at;
  while (json.charCodeAt(next) <= 32) next++;
  return json.charCodeAt(next) === COLON;
}
