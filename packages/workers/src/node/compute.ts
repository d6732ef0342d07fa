import { Worker } from 'node:worker_threads';
import { WorkersError } from './errors.ts';
import type { FromThread, PartTask, ThreadSettings, ToThread } from './messages.ts';
import type { FitReader } from './part-store.ts';

export type PartResult = Extract<FromThread, { readonly type: 'answer' }>;

/** An error of a part, and whether to try again is of no use. */
export class PartFailure extends Error {
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.isFinal = isFinal;
  }
}

/** The thread that computes, as the main thread sees it. */
export class Compute {
  readonly #thread: Worker;
  readonly #asked = new Map<number, PromiseWithResolvers<PartResult>>();
  #last = 0;
  #failure: Error | undefined;

  constructor(settings: ThreadSettings, reader: FitReader, onFailure: (error: Error) => void) {
    this.#thread = new Worker(new URL('./compute-thread.js', import.meta.url), { workerData: settings });
    this.#thread.on('message', (message: FromThread) => void this.#hear(message, reader));
    const fail = (error: Error) => {
      this.#failure ??= error;
      for (const { reject } of this.#asked.values()) reject(this.#failure);
      this.#asked.clear();
      onFailure(this.#failure);
    };
    this.#thread.on('error', fail);
    this.#thread.on('exit', (code) => {
      if (code !== 0) fail(new WorkersError(`The thread that computes ended with status ${code}.`));
    });
  }

  /** @throws {PartFailure} what is wrong with the part */
  async answer(task: PartTask): Promise<PartResult> {
    if (this.#failure) throw this.#failure;
    const id = ++this.#last;
    const asked = withResolvers<PartResult>();
    this.#asked.set(id, asked);
    this.#tell({ type: 'ask', id, task });
    return asked.promise;
  }

  forget(fits: readonly string[]): void {
    this.#tell({ type: 'forget', fits });
  }

  async close(): Promise<void> {
    this.#thread.removeAllListeners();
    await this.#thread.terminate();
  }

  async #hear(message: FromThread, reader: FitReader): Promise<void> {
    switch (message.type) {
      case 'answer':
        this.#take(message.id)?.resolve(message);
        break;
      case 'error':
        this.#take(message.id)?.reject(new PartFailure(message.message, message.isFinal));
        break;
      case 'array': {
        const { id } = message;
        const values = await reader
          .array(message.fit, message.name)
          .catch((error: unknown) => error as Error);
        this.#tell(
          values instanceof Error
            ? { type: 'array', id, error: values.message }
            : { type: 'array', id, values },
        );
        break;
      }
      case 'sum': {
        const sum = await reader.sum(message.fit, message.part).catch(() => undefined);
        this.#tell({ type: 'sum', id: message.id, sum });
      }
    }
  }

  #take(id: number): PromiseWithResolvers<PartResult> | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  #tell(message: ToThread): void {
    this.#thread.postMessage(message);
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

/** `Promise.withResolvers`, which Node.js 20 does not have. */
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((onValue, onError) => {
    [resolve, reject] = [onValue, onError];
  });
  return { promise, resolve, reject };
}
