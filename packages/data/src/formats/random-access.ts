import type { PartMemory } from '@shoal/core';

/** A file that can be read in parts: on a disk, behind a URL, or in memory. */
export interface RandomAccess {
  /** Length of the whole file, in bytes. */
  readonly byteLength: number;
  /**
   * The bytes from `start` up to `end`, not including `end`; always as many as asked for.
   *
   * @param memory where the bytes may be
   * @throws {FormatError} when the file has fewer bytes
   * @throws the signal's reason when aborted
   */
  read(start: number, end: number, signal?: AbortSignal, memory?: PartMemory): Promise<Uint8Array>;
}

/** Bytes in memory as a file that is read in parts. The parts are views, not copies. */
export function accessBytes(bytes: Uint8Array): RandomAccess {
  return {
    byteLength: bytes.length,
    read: (start, end) => Promise.resolve(bytes.subarray(start, end)),
  };
}
