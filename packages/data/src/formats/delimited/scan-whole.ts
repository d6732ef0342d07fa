import type { ProgressListener } from '@shoal/core';
import type { Pausable } from '@shoal/core/engine-kit';
import { ColumnsInProgress } from './columns-in-progress.ts';
import { NumberBlock } from './number-block.ts';
import type { OpenedText } from './open-delimited.ts';
import { RowScanner } from './row-scanner.ts';

/** Number of bytes that are read at a time: about a hundredth of a second. */
export const PIECE_BYTES = 1 << 20;

/** Room for rows that are shorter than those of the sample. */
const SPARE = 1.1;

/** How many rows there is room for at first in so many bytes. */
export function capacityFor(bytes: number, lineBytes: number): number {
  return Math.ceil((bytes / lineBytes) * SPARE) + 1;
}

/** The values of a text, divided into columns. */
export interface ScannedText extends Pick<
  RowScanner,
  'rows' | 'blankLines' | 'repeatedHeaders' | 'hasBareNumbers'
> {
  readonly columns: ColumnsInProgress;
}

/**
 * Divides a text into rows and columns. It pauses between pieces.
 *
 * @throws {FormatError} when a line has too few or too many values, or quotes are broken
 */
export function* scanWhole(
  { text: { bytes }, sniffed: { dialect, isText, lineBytes }, request: { file } }: OpenedText,
  {
    onProgress,
    module,
  }: {
    readonly onProgress?: ProgressListener | undefined;
    /** Reads rows of numbers, if given. */
    readonly module?: WebAssembly.Module | undefined;
  },
): Pausable<ScannedText> {
  const { length } = bytes;
  const capacity = capacityFor(length - dialect.dataStart, lineBytes);
  const columns = new ColumnsInProgress(bytes, isText, capacity);
  const block = module && NumberBlock.for(module, dialect, columns);
  const scanner = new RowScanner(bytes, file, dialect, columns, block);
  while (scanner.at < length) {
    scanner.scan(scanner.at + PIECE_BYTES);
    onProgress?.({ phase: 'reading', completed: scanner.at, total: length });
    yield;
  }
  const { rows, blankLines, repeatedHeaders, hasBareNumbers } = scanner;
  return { columns, rows, blankLines, repeatedHeaders, hasBareNumbers };
}
