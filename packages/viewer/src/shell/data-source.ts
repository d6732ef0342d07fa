import type { Progress } from '@shoal/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ClusteringData } from '../data/types.ts';
import type { ViewerInputs, WorkContext } from './inputs.ts';
import { sameInput } from './same-input.ts';

/** The state of loading; `what` is for people: an address, or "the points". */
export type SourceStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly what: string; readonly progress?: Progress | undefined }
  | { readonly kind: 'failed'; readonly what: string; readonly error: Error; readonly canRetry: boolean };

interface Work {
  readonly what: string;
  readonly canRetry: boolean;
  readonly start: (context: WorkContext) => Promise<ClusteringData | undefined>;
}

/** Callbacks for the outcome. */
export interface SourceHost extends ReactiveControllerHost {
  onData(data: ClusteringData | undefined): void;
  onFailure(error: Error): void;
}

/**
 * The source of a viewer's data: an address, properties set from code, or complete data. The last request wins and stops the
 * ones before. Nothing is loaded while the element is not in a document.
 */
export class DataSource implements ReactiveController {
  readonly #host: SourceHost;
  #status: SourceStatus = { kind: 'idle' };
  #inputs: ViewerInputs = {};
  /** The next task, or the last one tried. */
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

  /** Loads a run folder; without an address nothing is shown. */
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
        // The code that reads files is loaded when there is a file to read.
        const { loadRun } = await import('../data/load-run.ts');
        return loadRun(src, context);
      },
    });
  }

  /**
   * Takes one input; inputs that are set in one task are combined once. Another object with the same values changes nothing; the
   * same object is taken again, because its values may have changed.
   */
  give<Name extends keyof ViewerInputs>(name: Name, value: ViewerInputs[Name]): void {
    const before = this.#inputs[name];
    const isNew = Object.hasOwn(this.#inputs, name) ? !sameInput(value, before) : value !== undefined;
    if (!isNew && (value === undefined || value !== before)) return;
    this.#inputs = { ...this.#inputs, [name]: value };
    this.#run({
      what: 'the points',
      canRetry: false,
      start: async (context) => {
        // More inputs may follow in the same task.
        await Promise.resolve();
        context.signal.throwIfAborted();
        const { buildInputs } = await import('./build-inputs.ts');
        return buildInputs(this.#inputs, context);
      },
    });
  }

  /** Complete data was set: stops any loading. */
  clear(): void {
    this.#stop();
    this.#work = undefined;
    this.#inputs = {};
    this.#setStatus({ kind: 'idle' });
  }

  retry(): void {
    if (this.#work !== undefined) this.#run(this.#work);
  }

  /** Resolves when nothing is loading any more: the last request has succeeded or failed. */
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
