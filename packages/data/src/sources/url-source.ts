import { InvalidArgumentError } from '@shoal/core';
import { DownloadError } from '../errors.ts';
import { fetchPieces, reasonOf, type FetchOptions } from './fetch-pieces.ts';
import type { OpenAccess, Source } from './source.ts';

/** Whether a text is the address of a file behind HTTP. */
export function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/**
 * A file behind HTTP. It is fetched once, as a whole; or in parts, if its format allows that and the server does.
 *
 * @throws {InvalidArgumentError} when the address is not valid, or of another kind than HTTP
 */
export function urlSource(address: string, options: Omit<FetchOptions, 'headers' | 'signal'> = {}): Source {
  const url = httpUrl(address);
  return {
    name: nameOf(url),
    pieces: (signal) => downloaded(url.href, { ...options, signal }),
    access: (signal) => openUrl(url.href, { ...options, signal }),
  };
}

function httpUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && isHttpUrl(url.href)) return url;
  throw new InvalidArgumentError(
    `"${address}" is not the address of a file: it must start with http:// or https://.`,
  );
}

/** The last part of the path, whose ending may tell the format. */
function nameOf(url: URL): string {
  const [last = ''] = url.pathname.split('/').slice(-1);
  try {
    return decodeURIComponent(last) || url.host;
  } catch {
    return last;
  }
}

async function* downloaded(
  url: string,
  options: FetchOptions,
  onResponse?: (response: Response) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* fetchPieces(url, options, onResponse);
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw new DownloadError(url, reasonOf(cause), { cause });
  }
}

/** Undefined when the server does not send parts of the file, or does not say how long it is. */
async function openUrl(url: string, options: FetchOptions): Promise<OpenAccess | undefined> {
  const byteLength = await lengthOf(url, options);
  if (byteLength === undefined) return undefined;
  return {
    byteLength,
    read: async (start, end, signal = options.signal) => {
      const bytes = new Uint8Array(Math.max(0, end - start));
      let count = 0;
      if (bytes.length === 0) return bytes;
      const headers = { range: `bytes=${start}-${end - 1}` };
      // Progress would count from zero in each part.
      const pieces = downloaded(url, { ...options, headers, signal, onProgress: undefined }, requirePart);
      for await (const piece of pieces) {
        if (count + piece.length > bytes.length) break;
        bytes.set(piece, count);
        count += piece.length;
      }
      if (count === bytes.length) return bytes;
      throw new DownloadError(
        url,
        `the server sent another number of bytes than the ${bytes.length} that were asked for`,
      );
    },
    close: () => Promise.resolve(),
  };
}

function requirePart({ status }: Response): void {
  if (status !== 206)
    throw new Error('the server sends the whole file instead of the part that was asked for');
}

async function lengthOf(url: string, options: FetchOptions): Promise<number | undefined> {
  let length: number | undefined;
  const headers = { range: 'bytes=0-0' };
  const pieces = downloaded(url, { ...options, headers, onProgress: undefined }, (response) => {
    const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
    if (response.status === 206 && total !== null) length = Number(total[1]);
  });
  try {
    // Whatever the server sends, its headers are enough.
    await pieces.next();
    await pieces.return(undefined);
  } catch (error) {
    // A server may refuse ranges, and still send the whole file.
    if (!(error instanceof DownloadError)) throw error;
  }
  return length;
}
