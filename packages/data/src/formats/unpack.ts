import type { GatherOptions } from './gather.ts';
import { gunzip, GZIP_EXTENSION, isGzip } from './gzip.ts';
import { isZstd, unpackZstd, ZSTD_EXTENSION } from './zstd.ts';

/** Endings of the names of packed files, after the ending of the content. */
export const PACKED_EXTENSIONS: readonly string[] = [GZIP_EXTENSION, ZSTD_EXTENSION];

/** Whether a file with these first bytes is packed. */
export function isPacked(head: Uint8Array): boolean {
  return isGzip(head) || isZstd(head);
}

/**
 * Unpacks gzip and Zstandard; bytes that are neither are returned as they are.
 *
 * @throws {FormatError} when they are damaged or truncated, or unpack to more than allowed
 * @throws the signal's reason when aborted
 */
export async function unpack(
  bytes: Uint8Array,
  options: Omit<GatherOptions, 'size'> & { readonly signal?: AbortSignal | undefined },
): Promise<Uint8Array> {
  return isZstd(bytes) ? unpackZstd(bytes, options) : gunzip(bytes, options);
}

/** The name of a file without the ending that says that it is packed. */
export function unpackedName(file: string): string {
  return file.replace(new RegExp(`\\.(${PACKED_EXTENSIONS.join('|')})$`, 'i'), '');
}
