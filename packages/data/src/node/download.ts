import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { ChecksumError } from '../errors.ts';
import { fetchPieces, type FetchOptions } from '../sources/fetch-pieces.ts';
import { replaceFile } from './writing/atomic-file.ts';

export interface DownloadOptions extends Omit<FetchOptions, 'headers'> {
  /** SHA-256 of the complete file, in hexadecimal. */
  readonly sha256: string;
}

/**
 * Downloads a file and puts it in place only when it is complete and its sum is right; otherwise it leaves nothing
 * behind.
 *
 * @throws {ChecksumError} when the sum differs
 * @throws the signal's reason when aborted; `Error` when the server refuses, breaks off or stalls
 */
export async function download(url: string, path: string, options: DownloadOptions): Promise<void> {
  const { sha256, ...transfer } = options;
  await replaceFile(path, async (temporary) => {
    const sum = await writePieces(temporary, fetchPieces(url, transfer));
    if (sum !== sha256) throw new ChecksumError(url, sha256, sum);
  });
}

/** Writes the pieces and returns the SHA-256 of all of them. */
async function writePieces(path: string, pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx');
  try {
    for await (const piece of pieces) {
      hash.update(piece);
      await file.write(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
