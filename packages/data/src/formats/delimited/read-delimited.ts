import type { Pausable } from '@shoal/core/engine-kit';
import type { Column, Table } from '@shoal/tables';
import { FormatError } from '../../errors.ts';
import type { ReadRequest } from '../format.ts';
import type { ColumnsInProgress } from './columns-in-progress.ts';
import { isPlainNumber } from './cell-kinds.ts';
import { pointsOf } from './doubtful-points.ts';
import { DECIMAL_COMMAS } from './number-style.ts';
import { columnOfTexts, type ColumnContext } from './finish-column.ts';
import { limited } from './limited-remarks.ts';
import { lineOf } from './line-of.ts';
import { openDelimited, type OpenedText } from './open-delimited.ts';
import { narrowestColumn } from '../narrowest-column.ts';
import { columnsOfWords, doQuotesMeanText } from './quotes.ts';
import { RowScanner } from './row-scanner.ts';
import { PIECE_BYTES, scanWhole, type ScannedText } from './scan-whole.ts';
import type { Sniffed } from './sniff.ts';

/**
 * Reads delimited text as a table. It pauses between pieces.
 *
 * @throws {FormatError} naming the line, and the column where there is one, of what cannot be read
 */
export function* readDelimited(request: ReadRequest): Pausable<Table> {
  const opened = openDelimited(request);
  return yield* finishTable(opened, yield* scanWhole(opened, request));
}

/**
 * The table of what was scanned.
 *
 * @throws {FormatError} when there are no rows, a number is infinite, or two readings are as good
 */
export function* finishTable(
  { text, sniffed, request: { file, options } }: OpenedText,
  first: ScannedText,
): Pausable<Table> {
  const { dialect } = sniffed;
  const { rows, columns } = first;
  if (rows === 0) throw new FormatError({ file }, 'there are no rows of data.');
  const isUnclear = dialect.delimiter === ';' && dialect.decimal === '.' && !dialect.isDecimalCertain;
  const points = isUnclear ? pointsOf(columns, rows) : undefined;
  for (const column of points?.doubtful ?? []) columns.fail(column);
  const doQuotesMatter = doQuotesMeanText(text.bytes, columns.dictionaries, first.hasBareNumbers);
  for (const column of doQuotesMatter ? columnsOfWords(columns, rows) : []) columns.fail(column);
  if (columns.retry(rows)) {
    const second = new RowScanner(text.bytes, file, dialect, columns);
    while (second.at < text.bytes.length) {
      second.scan(second.at + PIECE_BYTES);
      yield;
    }
  }
  const context: ColumnContext = {
    bytes: text.bytes,
    quote: dialect.quote,
    quotesMeanText: doQuotesMeanText(text.bytes, columns.dictionaries, first.hasBareNumbers),
    rows,
    hints: {
      decimal: options.decimal,
      usual: dialect.isDecimalCertain || points?.isCertain === true ? dialect.decimal : undefined,
      thousands: options.thousands,
      delimiter: dialect.delimiter,
    },
    dateOrder: options.dateOrder,
    missing: new Set(options.missingValues),
    error: (at, column, message) =>
      new FormatError({ file, row: lineOf(text.bytes, at), column: column + 1 }, message),
  };
  const finished = finish(columns, sniffed, context);
  const summary = [
    ...(text.title === undefined ? [] : [`the text is ${text.title}`]),
    ...dialect.notes,
    ...(first.blankLines > 0
      ? [`${first.blankLines} blank ${first.blankLines === 1 ? 'line' : 'lines'} left out`]
      : []),
    ...repeatedNote(first.repeatedHeaders, text.bytes),
    ...finished.notes,
  ].join('; ');
  return {
    name: file,
    rows,
    columns: finished.columns,
    notes: [`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`, ...finished.remarks],
    ...(finished.notes.includes(DECIMAL_COMMAS) && { decimal: ',' as const }),
  };
}

/** Files that were put together have their header once more in the middle. */
function repeatedNote(starts: readonly number[], bytes: Uint8Array): readonly string[] {
  if (starts.length === 0) return [];
  const [first, ...others] = starts;
  const more = others.length > 0 ? ` and ${others.length} more lines, which repeat` : ', which repeats';
  return [`line ${lineOf(bytes, first)}${more} the header, left out`];
}

function finish(
  progress: ColumnsInProgress,
  { dialect }: Sniffed,
  context: ColumnContext,
): {
  readonly columns: readonly Column[];
  readonly notes: readonly string[];
  readonly remarks: readonly string[];
} {
  const { rows, missing } = context;
  const { decimal: mark } = dialect;
  const plain = [...missing].filter((word) => isPlainNumber(word, mark));
  const missingNumbers = new Set(plain.map((word) => Number(word.replace(',', '.'))));
  const styles = new Set<string>();
  const remarks: (() => string)[] = [];
  const columns = dialect.names.map((name, j) => {
    const dictionary = progress.dictionaries[j];
    if (dictionary === undefined) {
      const values = progress.numbers[j].subarray(0, rows);
      // The column may be stored in a narrower array, and this one is not needed then.
      progress.numbers[j] = new Float64Array(0);
      if (missingNumbers.size > 0) replaceAll(values, missingNumbers);
      return narrowestColumn(name, values);
    }
    const { column, notes, remark } = columnOfTexts(name, j, dictionary, context);
    progress.dictionaries[j] = undefined;
    for (const note of notes) styles.add(note);
    if (remark !== undefined) remarks.push(remark);
    return column;
  });
  const decimal = dialect.decimal === ',' && !styles.has(DECIMAL_COMMAS) ? [DECIMAL_COMMAS] : [];
  return {
    columns,
    notes: [...decimal, ...styles],
    remarks: limited(remarks),
  };
}

function replaceAll(values: Float64Array, missing: ReadonlySet<number>): void {
  for (let i = 0; i < values.length; i++) if (missing.has(values[i])) values[i] = NaN;
}
