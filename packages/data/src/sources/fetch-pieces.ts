import type { ProgressListener } from '@shoal/core';

export interface FetchOptions {
  /** For example a range of bytes. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Receives the progress, in bytes. */
  readonly onProgress?: ProgressListener | undefined;
  /** Give up when nothing arrives for this number of milliseconds (default 30,000). */
  readonly stallTimeout?: number | undefined;
}

/**
 * The bytes behind an address, as they arrive. A caller that stops early ends the transfer.
 *
 * @param onResponse sees the answer before its bytes
 * @throws the signal's reason when aborted; `Error` when the server refuses, breaks off or stalls
 */
export async function* fetchPieces(
  url: string,
  { headers = {}, signal: given, onProgress, stallTimeout = 30_000 }: FetchOptions,
  onResponse?: (response: Response) => void,
): AsyncGenerator<Uint8Array> {
  const stall = new AbortController();
  const signal = given ? AbortSignal.any([given, stall.signal]) : stall.signal;
  const giveUp = (): void => {
    stall.abort(new Error(`nothing arrived for ${stallTimeout / 1000} s`));
  };
  let timer = setTimeout(giveUp, stallTimeout);
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  try {
    const response = await fetch(url, { signal, headers });
    reader = response.body?.getReader();
    if (!response.ok || reader === undefined) {
      throw new Error(`the server answered ${response.status} ${response.statusText}`.trimEnd());
    }
    onResponse?.(response);
    const total = Number(response.headers.get('content-length')) || undefined;
    let completed = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      completed += value.length;
      onProgress?.({ phase: 'download', completed, total, message: url });
      yield value;
      timer = setTimeout(giveUp, stallTimeout);
    }
  } finally {
    clearTimeout(timer);
    await reader?.cancel().catch(() => undefined);
  }
}

/** Why a transfer failed: `fetch` puts the network's reason into the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
