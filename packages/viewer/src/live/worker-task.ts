import type { FromWorker, ToWorker } from './messages.ts';

const UNLOADABLE =
  'The worker of the fit could not be loaded. It needs its file beside the script of the viewer, on the same site: ' +
  'standalone-fit-worker.js for a page without a bundler. A content security policy must allow it: worker-src.';

/** A task in a Worker of its own, which is stopped with it. */
export class WorkerTask<Outcome> {
  /** Resolves with the outcome, or with `undefined` when the task was canceled; rejects when it failed, with the error's own name. */
  readonly done: Promise<Outcome | undefined>;
  readonly #worker: Worker | undefined;
  #settle: (outcome: Outcome | undefined) => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;
  #running = true;

  /** @param hear gets all messages but that of a failure, and ends the task when it returns the outcome */
  constructor(start: ToWorker, hear: (message: FromWorker) => Outcome | undefined) {
    this.done = new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
    });
    try {
      // The name of the built file; bundlers find the source by this name, too.
      this.#worker = new Worker(new URL('./fit-worker.js', import.meta.url), { type: 'module' });
    } catch (cause) {
      // A script of another site.
      this.#end(() => {
        this.#fail(new Error(UNLOADABLE, { cause }));
      });
      return;
    }
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'failed') {
        const error = Object.assign(new Error(data.message), { name: data.name });
        this.#end(() => {
          this.#fail(error);
        });
        return;
      }
      const outcome = hear(data);
      if (outcome === undefined) return;
      this.#end(() => {
        this.#settle(outcome);
      });
    });
    this.#worker.addEventListener('error', (event) => {
      this.#end(() => {
        this.#fail(new Error(event.message || UNLOADABLE));
      });
    });
    this.tell(start);
  }

  get running(): boolean {
    return this.#running;
  }

  tell(message: ToWorker): void {
    if (this.#running) this.#worker?.postMessage(message);
  }

  cancel(): void {
    this.#end(() => {
      this.#settle(undefined);
    });
  }

  #end(settle: () => void): void {
    if (!this.#running) return;
    this.#running = false;
    this.#worker?.terminate();
    settle();
  }
}
