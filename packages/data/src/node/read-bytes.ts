import { close, constants, createReadStream, open, type Stats } from 'node:fs';
import { open as openFile, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { FormatError } from '../errors.ts';
import { gather, MAX_BYTES, type GatherOptions } from '../formats/gather.ts';
import type { OpenAccess, Source } from '../sources/source.ts';

/** Windows does not have this flag, or pipes in folders. */
const NON_BLOCKING = constants.O_NONBLOCK as number | undefined;

/** Number of bytes that are read at a time. */
const PIECE_BYTES = 1 << 20;

/** The same where they go to their place at once. Between two reads it can be aborted. */
const MOST_AT_ONCE = 1 << 26;

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
  const { size, pieces } = await fileSource(path);
  return gather(pieces(signal), { file: path, maxBytes, size, expected });
}

/**
 * A file, or a pipe or device that ends.
 *
 * @throws the file system's error
 */
export async function fileSource(path: string): Promise<Source> {
  // Not `fstat` by descriptor: after that has seen a pipe, Node.js 20 does not resolve links in the paths of modules
  // any more, and loads those modules twice. If another file takes the path now, it is refused, or read up to the
  // limit.
  const stats = await stat(path);
  const source = { name: path, pieces: (signal: AbortSignal | undefined) => filePieces(path, stats, signal) };
  if (!stats.isFile() || stats.size === 0) return source;
  return { ...source, size: stats.size, access: () => openAccess(path, stats.size) };
}

async function* filePieces(
  path: string,
  stats: Stats,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const pieces = await piecesOf(path, stats, signal);
  try {
    for await (const piece of pieces) yield piece as Uint8Array;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    pieces.destroy();
  }
}

async function openAccess(path: string, byteLength: number): Promise<OpenAccess> {
  const file = await openFile(path);
  const readInto = async (bytes: Uint8Array, start: number, signal?: AbortSignal): Promise<void> => {
    let count = 0;
    while (count < bytes.length) {
      signal?.throwIfAborted();
      const length = Math.min(bytes.length - count, MOST_AT_ONCE);
      const { bytesRead } = await file.read(bytes, count, length, start + count);
      if (bytesRead === 0) {
        throw new FormatError(
          { file: path },
          `the file ends at byte ${start + count}: it has become shorter.`,
        );
      }
      count += bytesRead;
    }
  };
  return {
    byteLength,
    read: async (start, end, signal, memory) => {
      const length = Math.max(0, end - start);
      const bytes = memory?.(length) ?? new Uint8Array(length);
      await readInto(bytes, start, signal);
      return bytes;
    },
    readInto,
    close: () => file.close(),
  };
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
