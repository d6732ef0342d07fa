import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ProgressListener } from '@shoal/core';
import { ChecksumError } from '../errors.ts';
import { replaceFile } from './writing/atomic-file.ts';

export interface DownloadOptions {
  /** SHA-256 of the complete file, in hexadecimal. */
  readonly sha256: string;
  readonly signal?: AbortSignal | undefined;
  /** Receives the progress, in bytes. */
  readonly onProgress?: ProgressListener | undefined;
  /** Give up when nothing arrives for this number of milliseconds (default 30,000). */
  readonly stallTimeout?: number | undefined;
}

/**
 * Downloads a file and puts it in place only when it is complete and its sum is right; otherwise it leaves nothing
 * behind.
 *
 * @throws {ChecksumError} when the sum differs
 * @throws the signal's reason when aborted; `Error` when the server refuses, breaks off or stalls
 */
export async function download(url: string, path: string, options: DownloadOptions): Promise<void> {
  const { sha256, onProgress, stallTimeout = 30_000 } = options;
  const stall = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stall.signal]) : stall.signal;
  const timer = setTimeout(() => {
    stall.abort(new Error(`nothing arrived for ${stallTimeout / 1000} s`));
  }, stallTimeout);
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || !response.body) {
      throw new Error(`the server answered ${response.status} ${response.statusText}`.trimEnd());
    }
    const total = Number(response.headers.get('content-length')) || undefined;
    const pieces = watched(response.body, (completed) => {
      timer.refresh();
      onProgress?.({ phase: 'download', completed, total, message: url });
    });
    await replaceFile(path, async (temporary) => {
      const sum = await writePieces(temporary, pieces);
      if (sum !== sha256) throw new ChecksumError(url, sha256, sum);
    });
  } finally {
    clearTimeout(timer);
  }
}

async function* watched(
  body: AsyncIterable<Uint8Array>,
  onBytes: (completed: number) => void,
): AsyncGenerator<Uint8Array> {
  let completed = 0;
  for await (const piece of body) {
    completed += piece.length;
    onBytes(completed);
    yield piece;
  }
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
