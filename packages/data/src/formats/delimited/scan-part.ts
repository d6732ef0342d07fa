import type { Pausable } from '@shoal/core/engine-kit';
import { FormatError } from '../../errors.ts';
import { AS_NUMBERS, ColumnsInProgress } from './columns-in-progress.ts';
import type { Dialect } from './dialect.ts';
import { RowScanner } from './row-scanner.ts';

/** Some lines of a text whose columns are all of numbers. */
export interface PartOfText {
  /** The whole text. */
  readonly bytes: Uint8Array;
  readonly dialect: Dialect;
  readonly start: number;
  readonly end: number;
  /** Rows that there is room for at first. */
  readonly capacity: number;
  /** Reads rows of numbers, if given. */
  readonly module?: WebAssembly.Module | undefined;
}

/** The numbers of a part. */
export interface ScannedPart extends Pick<
  RowScanner,
  'rows' | 'blankLines' | 'repeatedHeaders' | 'hasBareNumbers'
> {
  /** One array per column, with room for more rows. */
  readonly numbers: Float64Array[];
}

const PIECE_BYTES = 1 << 20;

/**
 * Reads the numbers of a part. It pauses between pieces.
 *
 * @returns undefined when only the whole text can be judged: a value is in quotes, which may hold line breaks, or is no
 *   number, or a line is malformed
 */
export function* scanPart({
  bytes,
  dialect,
  start,
  end,
  capacity,
  module,
}: PartOfText): Pausable<ScannedPart | undefined> {
  const isText = dialect.names.map(() => false);
  const columns = new ColumnsInProgress(bytes, isText, capacity);
  const scanner = new RowScanner(
    bytes.subarray(0, end),
    'part',
    { ...dialect, dataStart: start },
    columns,
    module,
  );
  try {
    while (scanner.at < end) {
      scanner.scan(scanner.at + PIECE_BYTES);
      if (scanner.hasQuotes || columns.kinds.some((kind) => kind !== AS_NUMBERS)) return undefined;
      yield;
    }
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
  const { rows, blankLines, repeatedHeaders, hasBareNumbers } = scanner;
  return { numbers: columns.numbers, rows, blankLines, repeatedHeaders, hasBareNumbers };
}
