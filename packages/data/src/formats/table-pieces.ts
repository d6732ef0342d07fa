import type { Table } from '@shoal/tables';

/** A table in pieces, one after the other, as its file holds it. */
export interface TablePieces {
  readonly count: number;
  /**
   * Reads a piece.
   *
   * @throws {FormatError} when it is damaged
   * @throws the signal's reason when aborted
   */
  readonly read: (index: number, signal?: AbortSignal) => Promise<Table>;
}
