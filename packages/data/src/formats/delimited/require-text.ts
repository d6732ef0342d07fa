import { FormatError } from '../../errors.ts';
import { utf16Of } from './encoding.ts';

/** Files of other kinds that often have the name of a text, by their first bytes. */
const OTHERS: readonly (readonly [start: string | RegExp, problem: string])[] = [
  ...['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'].map(
    (start) =>
      [start, 'this is a ZIP archive, such as a spreadsheet (.xlsx), and not text. Save it as CSV.'] as const,
  ),
  [
    '\xd0\xcf\x11\xe0',
    'this is an old Office file, such as a spreadsheet (.xls), and not text. Save it as CSV.',
  ],
  ['%PDF-', 'this is a PDF file, and not text. Save its table as CSV.'],
  [
    /^(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|table|script|meta)\b/i,
    'this is an HTML page, and not a table. Was it saved in place of the file, or is an address wrong? Fetch the file itself.',
  ],
  [/^(\xef\xbb\xbf)?\s*<(\?xml|[a-z]+[\s>])/i, 'this is XML, and not a table. Save the table as CSV.'],
];

/** How much of a file is compared with the starts of others. */
const START_BYTES = 512;

/** Why the first bytes cannot be those of delimited text; undefined when they can. */
function problemOf(head: Uint8Array): string | undefined {
  const start = String.fromCharCode(...head.subarray(0, START_BYTES));
  const other = OTHERS.find(([pattern]) =>
    typeof pattern === 'string' ? start.startsWith(pattern) : pattern.test(start),
  );
  if (other !== undefined) return other[1];
  if (utf16Of(head) !== undefined) return undefined;
  const zero = head.indexOf(0);
  return zero < 0
    ? undefined
    : `byte ${zero} (from 0) is zero, which the text of a CSV file never has. Is this a file of another format?`;
}

/** Whether a file with these first bytes may be text. */
export function isText(head: Uint8Array): boolean {
  return problemOf(head) === undefined;
}

/**
 * Checks the start of a file that should be delimited text.
 *
 * @throws {FormatError} when it is a file of another kind
 */
export function requireText(head: Uint8Array, file: string): void {
  const problem = problemOf(head);
  if (problem !== undefined) throw new FormatError({ file }, problem);
}
