import type { Pausable } from '@shoal/core/engine-kit';
import type { Column, Table } from '@shoal/tables';
import { FormatError } from '../../errors.ts';
import type { ReadRequest } from '../format.ts';
import { shortened } from '../shortened.ts';
import { ColumnsInProgress } from './columns-in-progress.ts';
import { utf8Of } from './encoding.ts';
import { columnOfTexts, type ColumnContext } from './finish-column.ts';
import { lineOf } from './line-of.ts';
import { numberColumn } from './number-column.ts';
import { requireText } from './require-text.ts';
import { RowScanner } from './row-scanner.ts';
import { sniff, type Sniffed } from './sniff.ts';

/** Number of bytes that are read at a time: about a hundredth of a second. */
const PIECE_BYTES = 1 << 20;

/** Room for rows that are shorter than those of the sample. */
const SPARE = 1.1;

/**
 * Reads delimited text as a table. It pauses between pieces.
 *
 * @throws {FormatError} naming the line, and the column where there is one, of what cannot be read
 */
export function* readDelimited({ bytes, file, options, onProgress }: ReadRequest): Pausable<Table> {
  if (bytes.length === 0) throw new FormatError({ file }, 'the file is empty.');
  requireText(bytes.subarray(0, HEAD_BYTES), file);
  const text = utf8Of(bytes, file, options.encoding);
  const sniffed = sniff(text.bytes, file, options);
  const { dialect, isText, lineBytes } = sniffed;
  const length = text.bytes.length;
  const capacity = Math.ceil(((length - dialect.dataStart) / lineBytes) * SPARE) + 1;
  const columns = new ColumnsInProgress(text.bytes, isText, capacity);
  const first = new RowScanner(text.bytes, file, dialect, columns);
  while (first.at < length) {
    first.scan(first.at + PIECE_BYTES);
    onProgress?.({ phase: 'reading', completed: first.at, total: length });
    yield;
  }
  const { rows } = first;
  if (rows === 0) throw new FormatError({ file }, 'there are no rows of data.');
  if (columns.retry(rows)) {
    const second = new RowScanner(text.bytes, file, dialect, columns);
    while (second.at < length) {
      second.scan(second.at + PIECE_BYTES);
      yield;
    }
  }
  const context: ColumnContext = {
    bytes: text.bytes,
    rows,
    hints: {
      decimal: options.decimal,
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
    ...finished.notes,
  ].join('; ');
  return {
    name: file,
    rows,
    columns: finished.columns,
    notes: [`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`, ...finished.remarks],
  };
}

/** How much of a file is checked for not being text. */
const HEAD_BYTES = 1 << 17;

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
  const missingNumbers = new Set([...missing].map(Number));
  const styles = new Map<string, number>();
  const remarks: string[] = [];
  const columns = dialect.names.map((name, j) => {
    const dictionary = progress.dictionaries[j];
    if (dictionary === undefined) {
      const values = progress.numbers[j].subarray(0, rows);
      progress.numbers[j] = values;
      if (missing.size > 0) replaceAll(values, missingNumbers);
      return numberColumn(name, values);
    }
    const { column, notes } = columnOfTexts(name, j, dictionary, context);
    progress.dictionaries[j] = undefined;
    for (const note of notes) styles.set(note, (styles.get(note) ?? 0) + 1);
    if (column.type === 'text')
      remarks.push(...remarksOn(column.name, progress.failures[j], column.texts, context.bytes));
    return column;
  });
  const decimal = dialect.decimal === ',' && !styles.has('decimal commas') ? ['decimal commas'] : [];
  return { columns, notes: [...decimal, ...styles.keys()], remarks };
}

function replaceAll(values: Float64Array, missing: ReadonlySet<number>): void {
  for (let i = 0; i < values.length; i++) if (missing.has(values[i])) values[i] = NaN;
}

/** Says why a column that might be of numbers is one of texts. */
function remarksOn(
  name: string,
  failure: number | undefined,
  texts: readonly string[],
  bytes: Uint8Array,
): readonly string[] {
  const column = `The column "${shortened(name)}"`;
  if (texts.every((text) => /^[-+]?\d+$/.test(text))) {
    return texts.some((text) => /^[-+]?0\d/.test(text))
      ? [`${column} has whole numbers with zeros in front, which are codes, and stays text.`]
      : [`${column} has whole numbers beyond 2^53, which would be rounded, and stays text.`];
  }
  if (failure === undefined) return [];
  const odd = texts.find((text) => Number.isNaN(Number(text))) ?? texts[0];
  return [
    `${column} is text: line ${lineOf(bytes, failure)} has "${shortened(odd)}", which is not a number.`,
  ];
}
