import type { Source } from './source.ts';

/** A file that a user gave to a page, or any `Blob`. */
export function blobSource(blob: Blob, name: string): Source {
  return {
    name,
    size: blob.size,
    pieces: (signal) => streamPieces(blob.stream(), signal),
    access: () =>
      Promise.resolve({
        byteLength: blob.size,
        read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
        close: () => Promise.resolve(),
      }),
  };
}

/** What a server answered; its body is read once. */
export function responseSource(response: Response, name: string): Source {
  return {
    name,
    pieces: (signal) => streamPieces(response.body ?? new Blob().stream(), signal),
  };
}

async function* streamPieces(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
