import type { JsonValue } from '@shoal/core';

/** Characters of a file that an error quotes at most. */
const MAX_QUOTED = 80;

/** A text for an error message: a file's cell, key or header may have any size. */
export function shortened(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}...` : text;
}

/** A value of JSON likewise; what is not there is undefined. */
export function shortJson(value: JsonValue | undefined): string {
  return value === undefined ? 'undefined' : shortened(JSON.stringify(value));
}
