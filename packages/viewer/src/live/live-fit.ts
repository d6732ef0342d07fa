import type { ClusteringData } from '../data/types.ts';
import { checkedSettings, type LiveFitSettings, type LiveFitSettingsWithK } from './settings.ts';
import type { FitFrame, FitOutcome, FitTask, FromWorker } from './messages.ts';
import { WorkerTask } from './worker-task.ts';

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
  readonly #task: WorkerTask<FitOutcome>;
  #paused: boolean;

  /** @throws {InvalidArgumentError} for invalid settings */
  constructor(task: GivenTask, listener: LiveFitListener) {
    const settings = checkedSettings(task.settings, task.points.rows);
    this.settings = { interval: INTERVAL_MS, ...settings };
    this.#paused = this.settings.paused ?? false;
    const start = { kind: 'start', task: { ...task, settings: this.settings } } as const;
    this.#task = new WorkerTask(start, (message) => hear(message, listener));
  }

  /**
   * Resolves with the fit's outcome, or with `undefined` when it was canceled; rejects when it failed. The fit's own errors
   * keep their name and message.
   */
  get done(): Promise<FitOutcome | undefined> {
    return this.#task.done;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get running(): boolean {
    return this.#task.running;
  }

  /** Pauses the fit after the current iteration. */
  pause(): void {
    this.#paused = true;
    this.#task.tell({ kind: 'pause' });
  }

  resume(): void {
    this.#paused = false;
    this.#task.tell({ kind: 'resume' });
  }

  /** Runs one iteration, and pauses. */
  step(): void {
    this.#paused = true;
    this.#task.tell({ kind: 'step' });
  }

  /** Stops the fit; the map stays as it is. */
  cancel(): void {
    this.#task.cancel();
  }
}

/** @returns the outcome, when the fit has ended */
function hear(message: FromWorker, listener: LiveFitListener): FitOutcome | undefined {
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
      return message.outcome;
    case 'run':
    case 'failed':
      break;
  }
  return undefined;
}
