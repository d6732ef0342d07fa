import { FormatError } from '../../errors.ts';

/** Whether a text starts like a list or an object of JSON. */
export function startsLikeJson(head: Uint8Array): boolean {
  return /^\s*(?:\{\s*["}]|\[\s*["{[\]\-\dntf])/.test(startOf(head));
}

/** Whether each line is a value of JSON: the first line is one, and another line follows, or the name says so. */
export function startsLikeJsonLines(head: Uint8Array, file: string, extensions: readonly string[]): boolean {
  if (!startsLikeJson(head)) return false;
  if (extensions.some((extension) => file.toLowerCase().includes(`.${extension}`))) return true;
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
  return new TextDecoder(encodingOf(head)).decode(head);
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** The same text in UTF-8, without a byte order mark. */
export function utf8Of(bytes: Uint8Array, file: string): Uint8Array {
  const encoding = encodingOf(bytes);
  if (encoding === 'utf-8') {
    return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  }
  try {
    return new TextEncoder().encode(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new FormatError({ file }, `the text cannot be read as ${encoding}. Save it as UTF-8.`, { cause });
  }
}
