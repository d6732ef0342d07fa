import type { CompressionCodec } from 'hyparquet';
import {
  decompressBrotli,
  decompressLz4,
  decompressLz4Raw,
  decompressSnappy,
  decompressZstd,
  gunzip,
} from 'hyparquet-compressors';

/** Unpacked bytes that are always allowed, and how many times the packed ones they may be beyond that. */
const FREE_BYTES = 2 ** 24;
const MAX_RATIO = 1000;

/** The most bytes that so many packed ones may become: a few bytes could else fill the memory. */
export function mostUnpacked(packed: number): number {
  return FREE_BYTES + MAX_RATIO * packed;
}

/**
 * Unpacks a page.
 *
 * @param length of the unpacked page, as its header says
 * @throws {Error} when it does not unpack to that length, or that is far more than the packed bytes can hold
 */
export function unpack(bytes: Uint8Array, codec: CompressionCodec, length: number): Uint8Array {
  if (!(length >= 0) || length > mostUnpacked(bytes.length)) {
    throw new Error(`a page of ${bytes.length} bytes says that it unpacks to ${length}`);
  }
  const page = length === 0 ? new Uint8Array() : unpacked(bytes, codec, length);
  if (page.length !== length) throw new Error(`a page unpacks to ${page.length} bytes instead of ${length}`);
  return page;
}

function unpacked(bytes: Uint8Array, codec: CompressionCodec, length: number): Uint8Array {
  switch (codec) {
    case 'UNCOMPRESSED':
      return bytes;
    case 'SNAPPY':
      return decompressSnappy(bytes, length);
    case 'GZIP':
      return gunzip(bytes, new Uint8Array(length));
    case 'BROTLI':
      return decompressBrotli(bytes, length);
    case 'ZSTD':
      return decompressZstd(bytes, new Uint8Array(length));
    case 'LZ4':
      return decompressLz4(bytes, length);
    case 'LZ4_RAW':
      return decompressLz4Raw(bytes, length);
    case 'LZO':
      throw new Error('it is packed with LZO');
  }
}
