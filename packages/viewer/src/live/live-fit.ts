import type { ClusteringData } from '../data/types.ts';
import { checkedSettings, type LiveFitSettings, type LiveFitSettingsWithK } from './settings.ts';
import type { FitFrame, FitOutcome, FitTask, FromWorker, ToWorker } from './messages.ts';

/** Callbacks of a live fit. */
export interface LiveFitListener {
  onEngine(text: string): void;
  /** The kind of clustering, for people. */
  onMethod(title: string): void;
  onLayout(layout: Pick<ClusteringData, 'positions' | 'origin' | 'projection'>): void;
  onProgress(phase: string, message: string | undefined): void;
  onFrame(frame: FitFrame): void;
}

/** The least time for which an iteration stays on the map, in milliseconds. */
const INTERVAL_MS = 120;

/** A task as the page has it. */
type GivenTask = Omit<FitTask, 'settings'> & {
  readonly settings: LiveFitSettings | LiveFitSettingsWithK;
};

/** A fit in a Worker, which can be paused, stepped and canceled. */
export class LiveFit {
  readonly settings: LiveFitSettings;
  /**
   * Resolves with the fit's outcome, or with `undefined` when it was canceled; rejects when it failed. The fit's own errors
   * keep their name and message.
   */
  readonly done: Promise<FitOutcome | undefined>;
  readonly #worker: Worker;
  #settle: (outcome: FitOutcome | undefined) => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;
  #paused: boolean;
  #running = true;

  /** @throws {InvalidArgumentError} for invalid settings */
  constructor(task: GivenTask, listener: LiveFitListener) {
    const settings = checkedSettings(task.settings, task.points.rows);
    this.settings = { interval: INTERVAL_MS, ...settings };
    this.#paused = this.settings.paused ?? false;
    this.done = new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
    });
    // The name of the built file; bundlers find the source by this name, too.
    this.#worker = new Worker(new URL('./fit-worker.js', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      this.#hear(data, listener);
    });
    this.#worker.addEventListener('error', (event) => {
      this.#end(() => {
        this.#fail(new Error(event.message || 'The worker of the live fit could not be loaded.'));
      });
    });
    this.#tell({ kind: 'start', task: { ...task, settings: this.settings } });
  }

  get paused(): boolean {
    return this.#paused;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Pauses the fit after the current iteration. */
  pause(): void {
    this.#paused = true;
    this.#tell({ kind: 'pause' });
  }

  resume(): void {
    this.#paused = false;
    this.#tell({ kind: 'resume' });
  }

  /** Runs one iteration, and pauses. */
  step(): void {
    this.#paused = true;
    this.#tell({ kind: 'step' });
  }

  /** Stops the fit; the map stays as it is. */
  cancel(): void {
    this.#end(() => {
      this.#settle(undefined);
    });
  }

  #hear(message: FromWorker, listener: LiveFitListener): void {
    switch (message.kind) {
      case 'engine':
        listener.onEngine(message.text);
        break;
      case 'method':
        listener.onMethod(message.title);
        break;
      case 'layout': {
        const { positions, origin, projection } = message;
        listener.onLayout({ positions, origin, projection });
        break;
      }
      case 'progress':
        listener.onProgress(message.phase, message.message);
        break;
      case 'frame':
        listener.onFrame(message.frame);
        break;
      case 'done':
        this.#end(() => {
          this.#settle(message.outcome);
        });
        break;
      case 'failed': {
        const error = new Error(message.message);
        error.name = message.name;
        this.#end(() => {
          this.#fail(error);
        });
        break;
      }
    }
  }

  #tell(message: ToWorker): void {
    if (this.#running) this.#worker.postMessage(message);
  }

  #end(settle: () => void): void {
    if (!this.#running) return;
    this.#running = false;
    this.#worker.terminate();
    settle();
  }
}
