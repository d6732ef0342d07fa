import type { ProgressListener } from '@shoal/core';
import type { Table } from '@shoal/tables';

/** Options of all writers of tables. */
export interface WriteTableOptions {
  /** What becomes of vectors in a text format (CSV, TSV): a JSON list (default), or nothing. */
  readonly vectors?: 'json' | 'omit' | undefined;
  /** What becomes of encoded images and other bytes in a text format: base64 (default), or nothing. */
  readonly bytes?: 'base64' | 'omit' | undefined;
  /** Whether a text format begins with the names of the columns (default), or goes on after other rows of the table. */
  readonly header?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of rows written so far. */
  readonly onProgress?: ProgressListener | undefined;
}

/** One format that tables are written in: one source file, and one line in the table `TABLE_WRITERS`. */
export interface TableWriter {
  /** "csv" */
  readonly name: string;
  /** Its name for people: "CSV". */
  readonly title: string;
  /** Endings of the names of such files, without the dot. */
  readonly extensions: readonly string[];
  /** Whether further rows can follow a written table, without a header. */
  readonly takesPieces?: true;
  /**
   * The file in pieces, each made when it is asked for, so that a large table is never copied as a whole.
   *
   * @throws the signal's reason when aborted
   */
  readonly write: (table: Table, options: WriteTableOptions) => AsyncGenerator<Uint8Array, void>;
}
