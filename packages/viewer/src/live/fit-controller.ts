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

/** The state of a live fit, for people. */
export interface FitStatus {
  readonly settings: LiveFitSettings;
  /** The engine, and why it was chosen; undefined until it is known. */
  readonly engine: string | undefined;
  readonly phase: string;
  readonly message: string | undefined;
  readonly iteration: number;
  readonly value: number | undefined;
  /** The name of the value: "inertia"; undefined before the first iteration. */
  readonly measure: string | undefined;
  /** The kind of clustering, for people; undefined before the fit started. */
  readonly title: string | undefined;
  readonly paused: boolean;
  readonly running: boolean;
}

/** A running fit, for the page's author. */
export interface FitHandle {
  /** Resolves with the outcome, or with `undefined` when the fit was canceled; rejects with the error of the fit. */
  readonly done: Promise<FitOutcome | undefined>;
  pause(): void;
  resume(): void;
  step(): void;
  cancel(): void;
}

/** Callbacks for the fits of one viewer. */
export interface FitListener {
  /** The status changed. */
  onStatus(): void;
  onProgress(detail: FitProgressDetail): void;
}

/** The longest animation of a model from one iteration to the next. */
const TRAVEL_MS = 300;

/** Runs fits on the points of a viewer, one at a time, and shows every iteration. */
export class FitController {
  readonly #state: ViewerState;
  readonly #listener: FitListener;
  #status: FitStatus | undefined;
  #fit: LiveFit | undefined;
  #travel: { readonly frame: number; readonly to: MapModel } | undefined;
  #series: number[] = [];
  /** Counts fits, so that a fit that is still loading can tell whether a later one replaced it. */
  #turn = 0;

  constructor(state: ViewerState, listener: FitListener) {
    this.#state = state;
    this.#listener = listener;
  }

  get status(): FitStatus | undefined {
    return this.#status;
  }

  /**
   * Starts a fit on the shown points; a running one is stopped. The code of fits and engines is loaded now.
   *
   * @param motion whether centroids may move smoothly instead of jumping
   * @throws {StateError} when the viewer has no points to fit
   * @throws {InvalidArgumentError} for invalid settings
   */
  async start(given: LiveFitSettings | LiveFitSettingsWithK, motion: boolean): Promise<FitHandle> {
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
      settings: { ...(motion ? {} : { interval: 0 }), ...given },
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
          this.#begin({ ...data, ...layout }, fit.settings);
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

  /** Pauses the fit, or continues it. */
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

  /** Stops the running fit; the map stays as it is. */
  cancel(): void {
    this.#turn++;
    this.#stopTravel();
    if (this.#fit?.running !== true) return;
    this.#fit.cancel();
    this.#update({ phase: 'cancelled', running: false });
  }

  /** Hides the bar, and stops a running fit. */
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

  /** The points on their map, before any iteration. */
  #begin(data: ClusteringData, { clusters }: LiveFitSettings): void {
    const labels = new Uint32Array(data.count).fill(NO_CLUSTER);
    const classes = data.classes && countClasses(data.classes, labels, clusters);
    this.#state.updateData({
      ...data,
      labels,
      clusters,
      classes,
      summaries: sizesOnly(labels, clusters),
      // They are of the clusters before.
      clusterNames: undefined,
      clusterTraits: undefined,
      tree: undefined,
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
    // The fit knows points, not the rows of the table that they are of.
    const { rows, total = data.total, columns } = this.#state.data ?? {};
    this.#state.updateData({ ...data, points, rows, total, columns });
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

  /** Ends the animation at its final state. */
  #stopTravel(): void {
    if (this.#travel === undefined) return;
    cancelAnimationFrame(this.#travel.frame);
    this.#state.moveModel(this.#travel.to);
    this.#travel = undefined;
  }
}

/** Summaries of clusters during a fit: only their sizes. */
function sizesOnly(labels: Uint32Array, clusters: number): ClusterSummary[] {
  const sizes = new Uint32Array(clusters);
  for (const label of labels) if (label < clusters) sizes[label]++;
  return Array.from(sizes, (size, cluster) => ({ cluster, size, nearest: [], farthest: [] }));
}
