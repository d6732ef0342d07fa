import { FormatError } from '../../errors.ts';
import { utf16Of } from './encoding.ts';

/** Releases 105 to 115, in both orders of bytes; later ones start with a tag. */
const STATA_STARTS = [
  '<stata_dta>',
  ...['\x01', '\x02'].flatMap((order) =>
    Array.from({ length: 11 }, (_, i) => `${String.fromCharCode(105 + i)}${order}\x01\x00`),
  ),
];

/** Files of other kinds that often have the name of a text, by their first bytes. */
const OTHERS: readonly (readonly [start: string | RegExp, problem: string])[] = [
  ...['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'].map(
    (start) =>
      [
        start,
        'this is a ZIP archive, such as a spreadsheet (.xlsx), and not text. Save it as CSV or Parquet.',
      ] as const,
  ),
  [
    '\xd0\xcf\x11\xe0',
    'this is an old Office file, such as a spreadsheet (.xls), and not text. Save it as CSV or Parquet.',
  ],
  ...['$FL2', '$FL3'].map(
    (start) => [start, 'this is a file of SPSS (.sav), and not text. Save it as CSV or Parquet.'] as const,
  ),
  ...STATA_STARTS.map(
    (start) => [start, 'this is a file of Stata (.dta), and not text. Save it as CSV or Parquet.'] as const,
  ),
  ['SQLite format 3\x00', 'this is a database of SQLite, and not text. Save its table as CSV or Parquet.'],
  ...['\x80\x02', '\x80\x03', '\x80\x04', '\x80\x05'].map(
    (start) =>
      [start, 'this is a pickle of Python (.pkl), and not text. Save its table as CSV or Parquet.'] as const,
  ),
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
