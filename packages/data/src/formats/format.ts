import type { Matrix, ProgressListener, Tensor } from '@shoal/core';
import type { Labels } from '../dataset.ts';
import type { ReadOptionName, ReadOptions } from './read-options.ts';

/** What a file of any format holds: an array, or a table with labels and names. */
export type FileContent = Tensor | PointsTable;

/** Points with the labels and names that the same file has. */
export interface PointsTable {
  /** All columns but the label's. */
  readonly points: Matrix;
  readonly labels?: Labels | undefined;
  /** Names of the classes in alphabetical order, when the labels are words; labels are then indices into it. */
  readonly classNames?: readonly string[] | undefined;
  /** Names of the point columns. */
  readonly columnNames?: readonly string[] | undefined;
}

/** What `read` of a format gets. */
export interface ReadRequest {
  /** All of the file, unpacked. */
  readonly bytes: Uint8Array;
  /** Name of the file, for errors. */
  readonly file: string;
  /** A format looks at those in its list. */
  readonly options: ReadOptions;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** One format of files: a file of its own, and a line in the table `FORMATS`. */
export interface FileFormat {
  /** "idx" */
  readonly name: string;
  /** For people: "IDX". */
  readonly title: string;
  /** How names of such files end, without the dot. They count where no format knows the file by its first bytes. */
  readonly extensions: readonly string[];
  /** Whether a file that starts so is of this format; absent where only its name can tell. */
  readonly sniff?: (head: Uint8Array) => boolean;
  /** Options that mean something to this format; any other one that is given is refused. */
  readonly options: readonly ReadOptionName[];
  /**
   * How many bytes the file has in all, from its first 128 KiB or fewer; undefined where they do not say.
   *
   * @throws {FormatError} when a file that starts so is not of this format
   */
  readonly announcedBytes: (head: Uint8Array, file: string) => number | undefined;
  /**
   * Reads a file. Load what is large inside, with `import()`: the table itself is loaded by every page and command.
   *
   * @throws {FormatError} when the file is malformed
   * @throws the signal's reason when aborted
   */
  readonly read: (request: ReadRequest) => Promise<FileContent>;
}
