import { FormatError } from '../errors.ts';
import { gather, tooLarge, type GatherOptions } from './gather.ts';

/** The ending of a packed file's name, after the ending of the content. */
export const GZIP_EXTENSION = 'gz';

/** Whether the bytes start like a gzip member (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip with the platform's own `DecompressionStream`; bytes that are not gzip are returned as they are.
 *
 * @throws {FormatError} when the stream is damaged or truncated, or unpacks to more than allowed
 * @throws the signal's reason when aborted
 */
export async function gunzip(
  bytes: Uint8Array,
  options: Omit<GatherOptions, 'size'> & { readonly signal?: AbortSignal | undefined },
): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes;
  const { file, maxBytes, signal } = options;
  const atLeast = lengthOfLast(bytes);
  if (atLeast > maxBytes) throw tooLarge(file, atLeast, maxBytes);
  return gather(inflated(bytes, 'gzip', file, signal), options);
}

/** The length that the last member gives, as 32 bits; in a valid file it is never more than the real length. */
function lengthOfLast(bytes: Uint8Array): number {
  return bytes.length < 18
    ? 0
    : new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
}

/** What deflated bytes are in: a gzip member, or nothing, as in a ZIP archive. */
type Container = 'gzip' | 'deflate-raw';

/**
 * Unpacks deflate in pieces. A caller that stops early stops the unpacking.
 *
 * @throws {FormatError} when they are damaged
 * @throws the signal's reason when aborted
 */
export async function* inflated(
  bytes: Uint8Array,
  container: Container,
  file: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const source = new ReadableStream<BufferSource>({
    start(controller) {
      controller.enqueue(bytes as Uint8Array<ArrayBuffer>);
      controller.close();
    },
  });
  const reader = source.pipeThrough(new DecompressionStream(container)).getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await nextOf(reader, container, file);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array>, container: Container, file: string) {
  try {
    return await reader.read();
  } catch (cause) {
    const what = container === 'gzip' ? 'gzip data' : 'ZIP archive';
    throw new FormatError({ file }, `the ${what} is damaged or cut short. Fetch the file again.`, { cause });
  }
}
