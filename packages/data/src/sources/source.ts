import type { RandomAccess } from '../formats/random-access.ts';

/** A file that can be read in parts, and holds something open until it is closed. */
export interface OpenAccess extends RandomAccess {
  close(): Promise<void>;
  /**
   * Reads from a byte on until `bytes` is full, without a copy; only files have this. Several may run at once.
   *
   * @throws {FormatError} when the file has become shorter
   * @throws the signal's reason when aborted
   */
  readonly readInto?: (bytes: Uint8Array, start: number, signal?: AbortSignal) => Promise<void>;
}

/** Where the bytes of a file come from. */
export interface Source {
  /** The file's name, for messages; its ending may decide the format. */
  readonly name: string;
  /** Length of the file, if it is known. */
  readonly size?: number | undefined;
  /**
   * All bytes, from the first; called once. A reader that stops early frees what is behind them.
   *
   * @throws the signal's reason when aborted
   */
  readonly pieces: (signal: AbortSignal | undefined) => AsyncIterable<Uint8Array>;
  /** Opens the file for reading in parts; absent, or undefined, when it can only be read as a whole. */
  readonly access?: (signal: AbortSignal | undefined) => Promise<OpenAccess | undefined>;
}
