import { StateError } from '@shoal/core';
import { countClasses } from '../data/classes.ts';
import { NO_CLUSTER } from '../data/labels.ts';
import type { ClusteringData, ClusterSummary, MapModel } from '../data/types.ts';
import type { FitProgressDetail } from '../events.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import type { LiveFit } from './live-fit.ts';
import type { FitFrame, FitOutcome } from './messages.ts';
import type { LiveFitSettings, LiveFitSettingsWithK } from './settings.ts';
import { tweenModel } from './tween-model.ts';

/** How a live fit stands, for people. */
export interface FitStatus {
  readonly settings: LiveFitSettings;
  /** What computes, and why; undefined until it is known. */
  readonly engine: string | undefined;
  readonly phase: string;
  readonly message: string | undefined;
  readonly iteration: number;
  readonly value: number | undefined;
  /** What the value is called: "inertia"; unknown before the first iteration. */
  readonly measure: string | undefined;
  /** The kind of clustering, for people; unknown before the fit began. */
  readonly title: string | undefined;
  readonly paused: boolean;
  readonly running: boolean;
}

/** A fit under way, for the page's author. */
export interface FitHandle {
  /** Resolves with the outcome, or with `undefined` when the fit was cancelled; rejects with what went wrong. */
  readonly done: Promise<FitOutcome | undefined>;
  pause(): void;
  resume(): void;
  step(): void;
  cancel(): void;
}

/** Who hears of the fits of one viewer. */
export interface FitListener {
  /** The status changed. */
  onStatus(): void;
  onProgress(detail: FitProgressDetail): void;
}

/** Longest that a model travels from one iteration to the next. */
const TRAVEL_MS = 300;

/** Runs fits on what a viewer shows, one at a time, and shows them as they go. */
export class FitController {
  readonly #state: ViewerState;
  readonly #listener: FitListener;
  #status: FitStatus | undefined;
  #fit: LiveFit | undefined;
  #travel: { readonly frame: number; readonly to: MapModel } | undefined;
  #series: number[] = [];
  /** Counts fits, so that one that is still loading knows when it is no longer wanted. */
  #turn = 0;

  constructor(state: ViewerState, listener: FitListener) {
    this.#state = state;
    this.#listener = listener;
  }

  get status(): FitStatus | undefined {
    return this.#status;
  }

  /**
   * Starts a fit on the points that are shown; one that is under way ends. The code of fits and engines loads now.
   *
   * @param motion whether centroids may travel, rather than jump
   * @throws {StateError} when the viewer has no points to fit
   * @throws {InvalidArgumentError} for settings that cannot be
   */
  async start(given: LiveFitSettings | LiveFitSettingsWithK, motion: boolean): Promise<FitHandle> {
    const settings = 'k' in given ? { ...given, clusters: given.k } : given;
    const { data } = this.#state;
    if (data?.points === undefined) {
      throw new StateError('The viewer has no points to fit, only places on a map; set its `points` first.');
    }
    this.cancel();
    const turn = this.#turn;
    const { LiveFit } = await import('./live-fit.ts');
    if (turn !== this.#turn)
      throw new StateError('Another fit, or other data, came before this fit could start.');
    const { points, classes, images, columnNames, title } = data;
    const task = {
      settings: motion ? settings : { interval: 0, ...settings },
      points,
      images,
      columnNames,
      title,
    };
    this.#series = [];
    const fit = new LiveFit(
      { ...task, classes: classes && { labels: classes.labels, names: classes.names } },
      {
        onEngine: (engine) => {
          this.#update({ engine });
        },
        onMethod: (title) => {
          this.#update({ title });
        },
        onLayout: (layout) => {
          this.#begin({ ...data, ...layout }, settings);
        },
        onProgress: (phase, message) => {
          this.#update({ phase, message });
          this.#listener.onProgress({ phase, iteration: 0, value: undefined, done: false });
        },
        onFrame: (frame) => {
          this.#show(frame, motion);
        },
      },
    );
    this.#fit = fit;
    this.#status = {
      settings: fit.settings,
      title: undefined,
      measure: undefined,
      engine: undefined,
      phase: 'starting',
      message: undefined,
      iteration: 0,
      value: undefined,
      paused: fit.paused,
      running: true,
    };
    this.#listener.onStatus();
    const done = fit.done.then(
      (outcome) => {
        if (outcome && this.#fit === fit) this.#finish(outcome, points);
        return outcome;
      },
      (error: unknown) => {
        if (this.#fit === fit) this.#update({ phase: 'failed', running: false });
        throw error;
      },
    );
    return this.#handleOf(fit, done);
  }

  #handleOf(fit: LiveFit, done: FitHandle['done']): FitHandle {
    return {
      done,
      pause: () => {
        fit.pause();
        this.#update({ paused: true });
      },
      resume: () => {
        fit.resume();
        this.#update({ paused: false });
      },
      step: () => {
        fit.step();
        this.#update({ paused: true });
      },
      cancel: () => {
        this.cancel();
      },
    };
  }

  /** Holds the fit, or lets it go on. */
  togglePause(): void {
    if (this.#fit === undefined) return;
    if (this.#fit.paused) this.#fit.resume();
    else this.#fit.pause();
    this.#update({ paused: this.#fit.paused });
  }

  step(): void {
    this.#fit?.step();
    this.#update({ paused: true });
  }

  /** Ends the fit that is under way; what is on the map stays. */
  cancel(): void {
    this.#turn++;
    this.#stopTravel();
    if (this.#fit?.running !== true) return;
    this.#fit.cancel();
    this.#update({ phase: 'cancelled', running: false });
  }

  /** Takes the bar away, and ends what is under way. */
  dismiss(): void {
    this.cancel();
    this.#fit = undefined;
    this.#status = undefined;
    this.#listener.onStatus();
  }

  #update(part: Partial<FitStatus>): void {
    if (this.#status === undefined) return;
    this.#status = { ...this.#status, ...part };
    this.#listener.onStatus();
  }

  /** The points on their map, before they have clusters. */
  #begin(data: ClusteringData, { clusters }: LiveFitSettings): void {
    const labels = new Uint32Array(data.count).fill(NO_CLUSTER);
    const classes = data.classes && countClasses(data.classes, labels, clusters);
    this.#state.updateData({
      ...data,
      labels,
      clusters,
      classes,
      summaries: sizesOnly(labels, clusters),
      model: undefined,
      history: [],
      metrics: {},
      notes: [],
    });
  }

  #show({ iteration, measure, value, labels, model }: FitFrame, motion: boolean): void {
    this.#stopTravel();
    const { data } = this.#state;
    if (data === undefined || this.#status === undefined) return;
    const { settings } = this.#status;
    const from = data.model;
    this.#series.push(value);
    this.#state.updateData({
      ...data,
      labels,
      classes: data.classes && countClasses(data.classes, labels, data.clusters),
      summaries: sizesOnly(labels, data.clusters),
      model: motion && from ? from : model,
      history: [{ name: measure, step: 'iteration', values: [...this.#series] }],
    });
    if (motion && from) this.#startTravel(from, model, Math.min(TRAVEL_MS, settings.interval ?? 0));
    this.#update({ phase: 'iterations', message: undefined, iteration, measure, value });
    this.#listener.onProgress({ phase: 'iterations', iteration, value, done: false });
  }

  #finish({ data, value, iterations, converged }: FitOutcome, points: ClusteringData['points']): void {
    this.#stopTravel();
    this.#state.updateData({ ...data, points });
    this.#update({
      phase: converged ? 'converged' : 'stopped',
      iteration: iterations,
      value,
      running: false,
    });
    this.#listener.onProgress({ phase: 'done', iteration: iterations, value, done: true });
  }

  #startTravel(from: MapModel, to: MapModel, duration: number): void {
    const start = performance.now();
    const move = (now: number): void => {
      const share = duration === 0 ? 1 : Math.min(1, (now - start) / duration);
      this.#state.moveModel(tweenModel(from, to, share));
      this.#travel = share < 1 ? { frame: requestAnimationFrame(move), to } : undefined;
    };
    this.#travel = { frame: requestAnimationFrame(move), to };
  }

  /** Sets down what is on its way, where it was going. */
  #stopTravel(): void {
    if (this.#travel === undefined) return;
    cancelAnimationFrame(this.#travel.frame);
    this.#state.moveModel(this.#travel.to);
    this.#travel = undefined;
  }
}

/** What is known of clusters while they form. */
function sizesOnly(labels: Uint32Array, clusters: number): ClusterSummary[] {
  const sizes = new Uint32Array(clusters);
  for (const label of labels) if (label < clusters) sizes[label]++;
  return Array.from(sizes, (size, cluster) => ({ cluster, size, nearest: [], farthest: [] }));
}
