import type { Progress } from '@shoal/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ClusteringData } from '../data/types.ts';
import type { ViewerInputs, WorkContext } from './inputs.ts';

/** Where the data are; `what` is for people: an address, or "the points". */
export type SourceStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly what: string; readonly progress?: Progress | undefined }
  | { readonly kind: 'failed'; readonly what: string; readonly error: Error; readonly canRetry: boolean };

interface Work {
  readonly what: string;
  readonly canRetry: boolean;
  readonly start: (context: WorkContext) => Promise<ClusteringData | undefined>;
}

/** What is told of the outcome. */
export interface SourceHost extends ReactiveControllerHost {
  onData(data: ClusteringData | undefined): void;
  onFailure(error: Error): void;
}

/**
 * Where a viewer's data come from: an address, pieces given from code, or data that are whole. What was asked for last
 * wins, and ends what was asked for before. While the element is not in a document nothing is loaded.
 */
export class DataSource implements ReactiveController {
  readonly #host: SourceHost;
  #status: SourceStatus = { kind: 'idle' };
  #inputs: ViewerInputs = {};
  /** What is to be done, or was tried last. */
  #work: Work | undefined;
  #running: AbortController | undefined;
  #following = Promise.resolve();
  #connected = false;

  constructor(host: SourceHost) {
    this.#host = host;
    host.addController(this);
  }

  get status(): SourceStatus {
    return this.#status;
  }

  get inputs(): ViewerInputs {
    return this.#inputs;
  }

  hostConnected(): void {
    this.#connected = true;
    if (this.#work !== undefined && this.#status.kind === 'loading') this.#run(this.#work);
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stop();
  }

  /** Loads a run folder; no address shows nothing. */
  load(src: string | undefined): void {
    this.clear();
    if (src === undefined || src === '') {
      this.#host.onData(undefined);
      return;
    }
    this.#run({
      what: src,
      canRetry: true,
      start: async (context) => {
        // Readers of files come when there is something to read.
        const { loadRun } = await import('../data/load-run.ts');
        return loadRun(src, context);
      },
    });
  }

  /** Takes a piece; all that is given in one go is put together once. */
  give(piece: ViewerInputs): void {
    this.#inputs = { ...this.#inputs, ...piece };
    this.#run({
      what: 'the points',
      canRetry: false,
      start: async (context) => {
        // More pieces may follow in the same task.
        await Promise.resolve();
        context.signal.throwIfAborted();
        const { buildInputs } = await import('./build-inputs.ts');
        return buildInputs(this.#inputs, context);
      },
    });
  }

  /** Data came whole: what was being loaded is not wanted any more. */
  clear(): void {
    this.#stop();
    this.#work = undefined;
    this.#inputs = {};
    this.#setStatus({ kind: 'idle' });
  }

  retry(): void {
    if (this.#work !== undefined) this.#run(this.#work);
  }

  /** Resolves when nothing is on its way any more: what was asked for last is there, or has failed. */
  async settled(): Promise<void> {
    let followed: Promise<void> | undefined;
    while (followed !== this.#following) {
      followed = this.#following;
      await followed;
    }
  }

  #stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  #run(work: Work): void {
    this.#stop();
    this.#work = work;
    this.#setStatus({ kind: 'loading', what: work.what });
    if (!this.#connected) return;
    this.#running = new AbortController();
    this.#following = this.#follow(work, this.#running.signal);
  }

  async #follow({ what, canRetry, start }: Work, signal: AbortSignal): Promise<void> {
    const onProgress = (progress: Progress): void => {
      if (!signal.aborted) this.#setStatus({ kind: 'loading', what, progress });
    };
    try {
      const data = await start({ signal, onProgress });
      if (signal.aborted) return;
      this.#work = undefined;
      this.#setStatus({ kind: 'idle' });
      this.#host.onData(data);
    } catch (thrown) {
      if (signal.aborted) return;
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.#setStatus({ kind: 'failed', what, error, canRetry });
      this.#host.onFailure(error);
    }
  }

  #setStatus(status: SourceStatus): void {
    this.#status = status;
    this.#host.requestUpdate();
  }
}
