/**
 * Bytes as text for an HTML page: deflated, then Base64, which has no special characters of HTML.
 */
export async function packBytes(bytes: Uint8Array): Promise<string> {
  return base64(await through(bytes, new CompressionStream('deflate-raw')));
}

/** Bytes as Base64 text. */
export function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // The number of arguments of a call is limited.
  for (let start = 0; start < bytes.length; start += 0x8000) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
  }
  return btoa(parts.join(''));
}

/** @throws when the text is not an output of `packBytes` */
export async function unpackBytes(text: string): Promise<Uint8Array> {
  const packed = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  return through(packed, new DecompressionStream('deflate-raw'));
}

/** Bytes after compression or decompression. */
export async function through(
  bytes: Uint8Array,
  transform: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(transform);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
  }
  // Not a Response: for a Response Node.js starts its HTTP client, which can end the process when memory is short.
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
