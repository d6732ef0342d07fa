import type { JsonValue } from '@shoal/core';

/** Greatest number of characters that an error quotes. */
const MAX_QUOTED = 80;

/** A text for an error message: a file's cell, key or header may have any size. */
export function shortened(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}...` : text;
}

/** The same for a JSON value, which may be missing. */
export function shortJson(value: JsonValue | undefined): string {
  return value === undefined ? 'undefined' : shortened(JSON.stringify(value));
}
