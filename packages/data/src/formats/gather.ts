import { InvalidArgumentError } from '@shoal/core';
import { FormatError } from '../errors.ts';
import { requireLength } from './require-length.ts';

/** Default limit of the bytes of a file, after unpacking: 2 GiB. */
export const MAX_BYTES = 2 ** 31;

/** A format's header is read when this many bytes are there: the longest accepted header fits in. */
export const HEAD_BYTES = 1 << 17;

/** Memory is reserved for the announced length only when it is less than this many times the bytes that are there. */
const NEAR = 64;

/** The limits of a file. */
export interface GatherOptions {
  /** Name for errors. */
  readonly file: string;
  /** Greatest number of bytes that are read. */
  readonly maxBytes: number;
  /** The number of bytes in the file, if known. */
  readonly size?: number | undefined;
  /**
   * How long a file must be, from its first bytes; undefined when the format does not say.
   *
   * @throws {FormatError} when it cannot have its format
   */
  readonly expected?: ((head: Uint8Array) => number | undefined) | undefined;
  /** Makes room for this many bytes of a file with these first bytes; by default memory that is not shared. */
  readonly room?: ((head: Uint8Array, length: number) => Uint8Array) | undefined;
}

/**
 * Joins pieces, and stops as soon as there are more bytes than allowed, or more than the header announces: a small
 * packed file, or one that never ends, must not fill the memory.
 *
 * @throws {InvalidArgumentError} when `maxBytes` is not a number of at least 1
 * @throws {FormatError} when there are too many bytes
 * @throws like `expected`
 */
export async function gather(pieces: AsyncIterable<Uint8Array>, options: GatherOptions): Promise<Uint8Array> {
  const { file, maxBytes, size, expected, room } = options;
  if (!(maxBytes >= 1)) {
    throw new InvalidArgumentError(`maxBytes must be a number of at least 1; got ${maxBytes}.`);
  }
  if (size !== undefined && size > maxBytes) throw tooLarge(file, size, maxBytes);
  let held: Uint8Array = new Uint8Array(Math.min(size ?? HEAD_BYTES, HEAD_BYTES));
  let count = 0;
  let announced: number | undefined;
  let isJudged = expected === undefined;
  const judge = (): void => {
    isJudged = true;
    announced = expected?.(held.subarray(0, count));
    if (announced !== undefined && size !== undefined) requireLength(file, announced, size);
    if (announced !== undefined && announced > maxBytes) throw tooLarge(file, announced, maxBytes);
  };
  const requireFewer = (): void => {
    if (announced !== undefined && count > announced) requireLength(file, announced, undefined);
    if (count > maxBytes) throw tooLarge(file, undefined, maxBytes);
  };
  for await (const piece of pieces) {
    if (count + piece.length > held.length) {
      const needed = count + piece.length;
      const length = Math.max(needed, Math.min(roomFor(needed, size ?? announced), maxBytes));
      const larger = room?.(count === 0 ? piece : held, length) ?? new Uint8Array(length);
      larger.set(held.subarray(0, count));
      held = larger;
    }
    held.set(piece, count);
    count += piece.length;
    if (!isJudged && count >= HEAD_BYTES) judge();
    requireFewer();
  }
  if (!isJudged) judge();
  requireFewer();
  return count === held.length ? held : held.subarray(0, count);
}

/** The announced length when it is near, because a header may announce anything; else twice the present need. */
function roomFor(needed: number, known: number | undefined): number {
  return known !== undefined && known >= needed && known < NEAR * needed ? known : 2 * needed;
}

/** @param size in bytes, if known */
export function tooLarge(file: string, size: number | undefined, maxBytes: number): FormatError {
  const found = size === undefined ? 'more' : String(size);
  return new FormatError(
    { file },
    `at most ${maxBytes} bytes are read, counted after unpacking, but this file has ${found}. ` +
      'If that is what the file should hold, allow more (maxBytes, --max-bytes); else it is damaged.',
  );
}
