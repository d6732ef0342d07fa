import { close, constants, createReadStream, open, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { FormatError } from '../errors.ts';
import { gather, MAX_BYTES, type GatherOptions } from '../formats/gather.ts';

/** Windows does not have this flag, or pipes in folders. */
const NON_BLOCKING = constants.O_NONBLOCK as number | undefined;

/** Number of bytes that are read at a time. */
const PIECE_BYTES = 1 << 20;

export interface ReadBytesOptions extends Pick<GatherOptions, 'expected'> {
  /** Default 2 GiB. */
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a whole file, up to `maxBytes`: a device or pipe does not say its size, and may never end. When no process
 * writes to a pipe, this waits in the event loop, because a thread that waits in the system could not be stopped.
 *
 * @throws {InvalidArgumentError} when `maxBytes` is not a number of at least 1
 * @throws {FormatError} when it holds more than allowed, or is a terminal
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function readBytes(path: string, options: ReadBytesOptions = {}): Promise<Uint8Array> {
  const { signal, maxBytes = MAX_BYTES, expected } = options;
  signal?.throwIfAborted();
  // Not `fstat` by descriptor: after that has seen a pipe, Node.js 20 does not resolve links in the paths of modules
  // any more, and loads those modules twice. If another file takes the path now, it is refused, or read up to the
  // limit.
  const stats = await stat(path);
  const size = stats.isFile() && stats.size > 0 ? stats.size : undefined;
  const pieces = await piecesOf(path, stats, signal);
  try {
    return await gather(pieces, { file: path, maxBytes, size, expected });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    pieces.destroy();
  }
}

/** A stream of the file's bytes; the caller destroys it. */
async function piecesOf(path: string, stats: Stats, signal: AbortSignal | undefined): Promise<Readable> {
  // Opening a pipe that no process writes to would block, and so would reading it.
  const descriptor = await promisify(open)(path, constants.O_RDONLY | (NON_BLOCKING ?? 0));
  if (isatty(descriptor)) {
    await promisify(close)(descriptor);
    throw new FormatError({ file: path }, 'this is a terminal, not a file. Give a file, or a pipe.');
  }
  if (stats.isFIFO()) return new Socket({ fd: descriptor, readable: true, writable: false, signal });
  return createReadStream('', { fd: descriptor, highWaterMark: PIECE_BYTES, signal });
}
