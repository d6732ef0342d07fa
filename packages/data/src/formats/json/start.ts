import { utf16Of } from '../delimited/encoding.ts';

/** Whether a text starts like a list or an object of JSON. */
export function startsLikeJson(head: Uint8Array): boolean {
  return /^\s*(?:\{\s*["}]|\[\s*["{[\]\-\dntf])/.test(startOf(head));
}

/** Names of files with a value in each line, packed or not. */
const LINES_BY_NAME = /\.(?:ndjson|jsonl)(?:\.|$)/i;

/** Whether each line is a value of JSON: the first line is one, and another line follows, or the name says so. */
export function startsLikeJsonLines(head: Uint8Array, file: string): boolean {
  if (!startsLikeJson(head)) return false;
  if (LINES_BY_NAME.test(file)) return true;
  const text = startOf(head).trimStart();
  const end = text.indexOf('\n');
  if (end < 0 || !/^\s*[{[]/.test(text.slice(end))) return false;
  try {
    JSON.parse(text.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

function startOf(head: Uint8Array): string {
  return new TextDecoder(utf16Of(head) ?? 'utf-8').decode(head);
}
