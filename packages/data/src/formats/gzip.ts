import { FormatError } from '../errors.ts';

/** Whether the bytes start like a gzip member (RFC 1952). */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip with the platform's own `DecompressionStream`; bytes that are not gzip are returned as they are.
 *
 * @param file name for errors
 * @throws {FormatError} when the stream is damaged or truncated
 */
export async function gunzip(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes;
  const source = new ReadableStream<BufferSource>({
    start(controller) {
      controller.enqueue(bytes as Uint8Array<ArrayBuffer>);
      controller.close();
    },
  });
  try {
    const unpacked = source.pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (cause) {
    throw new FormatError({ file }, 'the gzip data is damaged or cut short. Fetch the file again.', {
      cause,
    });
  }
}
