import { FormatError } from '../../errors.ts';
import type { ReadOptions } from '../read-options.ts';
import { shortened } from '../shortened.ts';
import { isName, isNumberLike, isPlainNumber } from './cell-kinds.ts';
import { CARRIAGE_RETURN, LINE_FEED, SPACE } from './ascii.ts';
import type { Dialect, Quote, Separator } from './dialect.ts';
import { isMissingWord } from '../missing-words.ts';
import { preambleOf, type Preamble } from './preamble.ts';
import { sniffDecimal } from './sniff-decimal.ts';
import { sniffHeader } from './sniff-header.ts';
import { bestDivisions, divisionBy, isShort, type Division } from './sniff-separator.ts';
import { splitSample, type SampleRow } from './split-sample.ts';

/** What the first lines of a text show. */
export interface Sniffed {
  readonly dialect: Dialect;
  /** Of each column: whether it holds something else than plain numbers. */
  readonly isText: readonly boolean[];
  /** Bytes per line of data. */
  readonly lineBytes: number;
}

/** Each column takes memory of its own, hundreds of bytes. */
const MAX_COLUMNS = 2 ** 19;

/** A sample has this many bytes, or more until it has a few lines. */
const SAMPLE_BYTES = 1 << 16;
const MIN_LINES = 4;

/**
 * Greatest number of bytes of the first line.
 */
const MAX_LINE_BYTES = 2 ** 25;

/**
 * Finds out from its first lines how a text is divided, unless options say so.
 *
 * @param bytes UTF-8
 * @throws {FormatError} when there are no rows, or two ways to read them are as good
 */
export function sniff(bytes: Uint8Array, file: string, options: ReadOptions): Sniffed {
  const sample = sampleOf(bytes, file);
  rejectEndless(sample, file);
  const isWhole = sample.length === bytes.length;
  const text = new TextDecoder().decode(sample);
  const preamble = preambleOf(text, options.comment);
  if (text.slice(preamble.end).trim() === '') {
    throw new FormatError(
      { file },
      preamble.end === 0 ? 'the file is empty.' : 'the file is empty: there are no rows of data.',
    );
  }
  const quote = quoteOf(text);
  const lines = { from: preamble.end, comment: preamble.comment, quote };
  const split = (separator: Separator): readonly SampleRow[] => {
    const rows = splitSample(text, separator, { ...lines, isWhole });
    // A quote that does not end in the sample hides all line breaks.
    return rows.length > 0 ? rows : splitSample(text, separator, lines);
  };
  const division = chosenDivision(split, preamble, options, file);
  const header = headerOf(division, preamble, options, file);
  const { data, names } = header;
  if (data.length === 0 && header.isAbove) {
    throw new FormatError({ file }, 'there are no rows of data below the header.');
  }
  const given = givenDecimal(options);
  const found =
    given === undefined ? sniffDecimal(data, division.separator) : { mark: given, isCertain: true };
  const decimal = found.mark;
  const start = data.length > 0 ? data[0].start : text.length;
  const isText = names.map((_, j) => data.some(({ cells }) => isOther(cells[j] ?? '', decimal)));
  const [first] = division.rows;
  return {
    dialect: {
      delimiter: division.separator,
      decimal,
      isDecimalCertain: found.isCertain,
      quote,
      comment: preamble.comment,
      names,
      hasHeader: header.isAbove,
      headerLine:
        header.isAbove && names.some((name, j) => isName(name) && !isText[j])
          ? new TextEncoder().encode(text.slice(first.start, first.next).trimEnd())
          : undefined,
      dataStart: new TextEncoder().encode(text.slice(0, start)).length,
      notes: notesOf(division, preamble, header),
    },
    isText,
    lineBytes: data.length === 0 ? 1 : Math.max(1, (data[data.length - 1].next - start) / data.length),
  };
}

/** The decimal mark as the caller gives it; thousands marks imply the other one. */
function givenDecimal({ decimal, thousands }: ReadOptions): '.' | ',' | undefined {
  return decimal ?? (thousands === ',' ? '.' : thousands === '.' ? ',' : undefined);
}

/** Apostrophes where most lines have values in them, and nothing is in double quotes. */
function quoteOf(text: string): Quote {
  if (text.includes('"')) return '"';
  const lines = text.split(/[\r\n]+/).filter((line) => line !== '');
  const quoted = lines.filter((line) => /(^|[,;\t|] *)'[^']*' *([,;\t|]|$)/.test(line));
  return 2 * quoted.length > lines.length ? "'" : '"';
}

function isOther(cell: string, decimal: '.' | ','): boolean {
  return !isMissingWord(cell) && !isPlainNumber(cell, decimal);
}

function sampleOf(bytes: Uint8Array, file: string): Uint8Array {
  for (let length = SAMPLE_BYTES; length < bytes.length; length *= 4) {
    const sample = bytes.subarray(0, length);
    let lines = 0;
    for (const byte of sample) if (byte === LINE_FEED || byte === CARRIAGE_RETURN) lines++;
    if (lines === 0 && length > MAX_LINE_BYTES) throw endless(file);
    if (lines >= MIN_LINES || length > MAX_LINE_BYTES) return trimmed(sample);
  }
  return bytes;
}

function endless(file: string): FormatError {
  return new FormatError(
    { file, row: 1 },
    `the line does not end within ${MAX_LINE_BYTES} bytes. Is this delimited text? Its lines end with line breaks.`,
  );
}

/** A file that is not delimited text may have no line breaks at all, or nothing but separators. */
function rejectEndless(sample: Uint8Array, file: string): void {
  const counts = new Uint32Array(256);
  let line = 1;
  let start = 0;
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at];
    if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
      counts.fill(0);
      line++;
      start = at + 1;
    }
    const isInRun = byte === SPACE && sample[at - 1] === SPACE;
    if (!isInRun) counts[byte]++;
    if (at - start > MAX_LINE_BYTES) throw endless(file);
    if (counts[byte] <= MAX_COLUMNS || !',;\t| '.includes(String.fromCharCode(byte))) continue;
    throw new FormatError(
      { file, row: line },
      `the line has more than ${MAX_COLUMNS} values, and a table at most as many columns. Is this delimited text? Else keep the numbers as NPY.`,
    );
  }
}

/** The sample without a cut character at its end. */
function trimmed(sample: Uint8Array): Uint8Array {
  let end = sample.length;
  while (end > 0 && (sample[end - 1] & 0xc0) === 0x80) end--;
  return sample.subarray(0, Math.max(0, end - 1));
}

function chosenDivision(
  split: (separator: Separator) => readonly SampleRow[],
  { separator }: Preamble,
  options: ReadOptions,
  file: string,
): Division {
  const given = options.delimiter ?? (isSeparator(separator) ? separator : undefined);
  if (given !== undefined) {
    const rows = split(given);
    if (rows.length === 0) throw new FormatError({ file }, 'there are no rows of data.');
    return divisionBy(given, rows) ?? { separator: given, rows, titles: 0, columns: 1 };
  }
  const best = bestDivisions((candidate) => (isMarkOfNumbers(candidate, options) ? [] : split(candidate)));
  const first = best.at(0);
  if (first === undefined) throw new FormatError({ file }, 'there are no rows of data.');
  const single = best.find((division) => division.separator === 'none');
  if (options.decimal !== undefined || options.thousands !== undefined) return first;
  if (first === single) rejectBroken(first, file);
  else if (single !== undefined) rejectAmbiguous(first, single, file);
  return first;
}

/** Whether the caller says that this stands within numbers. */
function isMarkOfNumbers(candidate: Separator, { decimal, thousands }: ReadOptions): boolean {
  return candidate !== 'none' && (candidate === decimal || candidate === thousands);
}

function isSeparator(text: string | undefined): text is Separator {
  return text === ',' || text === ';' || text === '\t' || text === '|' || text === ' ';
}

/**
 * Lines such as `1,08` are one column with a decimal comma as well as two columns of whole numbers, when there is no
 * header, and the second ones have zeros in front, as decimals have and whole numbers do not. Likewise `9 000`.
 *
 * @throws {FormatError} naming both readings
 */
function rejectAmbiguous({ separator, rows, columns }: Division, single: Division, file: string): void {
  if (separator !== ',' && separator !== ' ') return;
  const isTwice = columns === 2 && rows.every(({ cells }) => cells.length === 2);
  if (!isTwice || !rows.every(({ cells }) => /^[-+]?\d+$/.test(cells[0]) && /^\d+$/.test(cells[1]))) return;
  const example = rows.findIndex(({ cells }) => /^0\d/.test(cells[1]));
  if (example < 0 || rows[0].start !== single.rows[0].start) return;
  const [whole, part] = rows[example].cells;
  const isGrouped = rows.every(({ cells }) => /^[-+]?\d{1,3}$/.test(cells[0]) && /^\d{3}$/.test(cells[1]));
  const comma = separator === ',';
  const name = comma ? 'comma' : 'space';
  const readings = [
    ...(comma ? [`one column with a decimal comma, ${whole}.${part} (--decimal comma)`] : []),
    ...(isGrouped ? [`one column with thousands marks, ${whole}${part} (--thousands ${name})`] : []),
    `two columns, ${whole} and ${part} (--delimiter ${name})`,
  ];
  if (readings.length > 1) throw ambiguous(file, `${whole}${separator}${part}`, readings);
}

function ambiguous(file: string, line: string, readings: readonly string[]): FormatError {
  const listed = new Intl.ListFormat('en', { type: 'disjunction' }).format(readings);
  return new FormatError(
    { file },
    `lines such as "${line}" can be read as ${listed}. Say which with that option.`,
  );
}

/**
 * Without a header, lines such as `1,2` beside others without a comma are numbers with decimal commas as well as two
 * columns of which a line is broken.
 *
 * @throws {FormatError} naming both readings
 */
function rejectBroken({ rows }: Division, file: string): void {
  const isPair = ({ cells }: SampleRow): boolean => /^[-+]?\d+,\d+$/.test(cells[0]);
  const [pair] = rows.filter(isPair);
  if (rows.some(({ cells }) => isName(cells[0])) || 2 * rows.filter(isPair).length < rows.length) return;
  const [whole, part] = pair.cells[0].split(',');
  const line = rows.findIndex((row) => !isPair(row)) + 1;
  throw ambiguous(file, pair.cells[0], [
    `one column with a decimal comma, ${whole}.${part} (--decimal comma)`,
    `two columns, ${whole} and ${part} (--delimiter comma), of which line ${line} has another number of values`,
  ]);
}

/** The names of the columns, and the lines below them. */
interface Header {
  readonly isAbove: boolean;
  /** Whether a comment line has the names. */
  readonly isComment: boolean;
  readonly names: readonly string[];
  readonly data: readonly SampleRow[];
}

function headerOf(
  { rows, columns, separator }: Division,
  preamble: Preamble,
  options: ReadOptions,
  file: string,
): Header {
  const [first, ...following] = rows;
  const below = withoutRepeated(first, following);
  const cells = first.cells.slice(0, columns);
  const short = isShort(first.cells, columns) && below.length > 0;
  const isAbove =
    options.header === 'yes' ||
    ((options.header ?? 'auto') === 'auto' &&
      (short ||
        sniffHeader(
          cells,
          below.map((row) => row.cells),
        )));
  if (isAbove) {
    if (cells.length < columns && !short) throw shortHeader(first, columns, file);
    const names = short ? ['', ...cells] : cells;
    const padded = Array.from({ length: Math.max(columns, names.length) }, (_, j) => names[j] ?? '');
    return { isAbove, isComment: false, names: padded, data: below };
  }
  const commented = options.header === 'no' ? undefined : namesInComment(preamble, separator, columns);
  const names = commented ?? Array.from({ length: columns }, (_, j) => `column ${j + 1}`);
  return { isAbove, isComment: commented !== undefined, names, data: rows };
}

/** Lines without those that repeat a header, as files that were put together have them. */
function withoutRepeated(header: SampleRow, rows: readonly SampleRow[]): readonly SampleRow[] {
  const others = rows.filter(({ cells }) => cells.join('\n') !== header.cells.join('\n'));
  if (others.length === rows.length) return rows;
  const isAboveNumbers = header.cells.some(
    (name, j) =>
      isName(name) && others.length > 0 && others.every(({ cells }) => isNumberLike(cells[j] ?? '')),
  );
  return isAboveNumbers ? others : rows;
}

function shortHeader({ cells }: SampleRow, columns: number, file: string): FormatError {
  return new FormatError(
    { file },
    `the header names ${cells.length} columns ("${shortened(cells.join('", "'))}"), but the lines below it have ${columns} values. Complete the header, or name another delimiter.`,
  );
}

/** A comment line right above the data that has a name for each column, as NumPy writes its header. */
function namesInComment(
  { lastComment }: Preamble,
  separator: Separator,
  columns: number,
): readonly string[] | undefined {
  if (lastComment === undefined) return undefined;
  const cells = splitSample(lastComment, separator).flatMap((row) => row.cells);
  return cells.length === columns && columns > 1 && cells.every(isName) ? cells : undefined;
}

const SEPARATOR_NOTES: Readonly<Record<Separator, string>> = {
  ',': 'commas separate the values',
  ';': 'semicolons separate the values',
  '\t': 'tabs separate the values',
  '|': 'pipes separate the values',
  ' ': 'runs of blanks separate the values',
  none: 'each line has one value',
};

function notesOf({ separator, titles }: Division, preamble: Preamble, header: Header): readonly string[] {
  const names = header.isAbove
    ? 'the first line names the columns'
    : header.isComment
      ? 'the last comment line names the columns'
      : 'no line names the columns';
  return [
    `${SEPARATOR_NOTES[separator]}; ${names}`,
    ...(header.names.includes('') ? [`column ${header.names.indexOf('') + 1} has no name`] : []),
    ...(titles > 0 ? [`${titles} ${titles === 1 ? 'line' : 'lines'} above the table left out`] : []),
    ...(preamble.commentLines > 0
      ? [
          preamble.comment === undefined
            ? `${preamble.commentLines} comment ${preamble.commentLines === 1 ? 'line' : 'lines'} above the table left out`
            : `lines that start with "${shortened(preamble.comment)}" are comments`,
        ]
      : []),
  ];
}
