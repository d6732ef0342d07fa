import type { ProgressListener, Tensor } from '@shoal/core';
import type { Table } from '@shoal/tables';
import type { RandomAccess } from './random-access.ts';
import type { TablePieces } from './table-pieces.ts';
import type { RowRanges } from './row-ranges.ts';
import type { ReadOptionName, ReadOptions } from './read-options.ts';

/** The content of a file of any format: an array, or a table. */
export type FileContent = Tensor | Table;

/** What every way of reading a file is given. */
interface ReadContext {
  /** Name of the file, for errors. */
  readonly file: string;
  /** Options; a format uses only those in its list. */
  readonly options: ReadOptions;
  /** Greatest number of bytes that may be unpacked, for formats that pack parts of a file; default `MAX_BYTES`. */
  readonly maxBytes?: number | undefined;
  /** Names of the columns that are needed; a format that cannot leave the others out reads them. Default all. */
  readonly neededColumns?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** The input of `read` of a format. */
export interface ReadRequest extends ReadContext {
  /** The whole file, unpacked. */
  readonly bytes: Uint8Array;
}

/** The input of `readParts` of a format. */
export interface PartsRequest extends ReadContext {
  /** The file, unpacked. */
  readonly parts: RandomAccess;
}

/** One format of files: one source file, and one line in the table `FORMATS`. */
export interface FileFormat {
  /** "idx" */
  readonly name: string;
  /** Its name for people: "IDX". */
  readonly title: string;
  /**
   * Endings of the names of such files, without the dot. They are used when no format recognizes the file by its first
   * bytes.
   */
  readonly extensions: readonly string[];
  /** Whether a file with these first bytes, of this name, has this format; absent when only its name can tell. */
  readonly sniff?: (head: Uint8Array, file: string) => boolean;
  /**
   * Whether a file with these first bytes may have this format, when no format knows it by its first bytes or its name.
   * Only for formats without a signature.
   */
  readonly mayBe?: (head: Uint8Array) => boolean;
  /** Whether threads divide the work of reading a large file. */
  readonly inThreads?: true;
  /** Options of this format; any other given option is refused. */
  readonly options: readonly ReadOptionName[];
  /**
   * How many bytes the whole file has, from its first 128 KiB or fewer; undefined when they do not say.
   *
   * @throws {FormatError} when a file with these first bytes does not have this format
   */
  readonly announcedBytes: (head: Uint8Array, file: string) => number | undefined;
  /**
   * Reads a file. Load large dependencies inside, with `import()`: every page and command loads the table itself.
   *
   * @throws {FormatError} when the file is malformed
   * @throws the signal's reason when aborted
   */
  readonly read: (request: ReadRequest) => Promise<FileContent>;
  /**
   * The same for a format that does not need the whole file: a file on a disk or behind a URL is then read in parts. Files in
   * memory, and packed ones, are read with `read`.
   */
  readonly readParts?: (request: PartsRequest) => Promise<FileContent>;
  /**
   * Opens an array of numbers whose rows are read in ranges, for points that are larger than memory. Undefined when the rows of
   * this file do not lie one after another.
   *
   * @throws {FormatError} when the file is malformed
   */
  readonly openRows?: (request: PartsRequest) => Promise<RowRanges | undefined>;
  /**
   * Opens a table that its file holds in pieces: groups of rows, or batches.
   *
   * @throws {FormatError} when the file is malformed
   */
  readonly openPieces?: (request: PartsRequest) => Promise<TablePieces>;
}
