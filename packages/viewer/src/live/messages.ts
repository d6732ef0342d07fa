import type { Matrix, ModelState } from '@shoal/core';
import type { ClassesInput } from '../data/classes.ts';
import type { ImagesInput } from '../data/images.ts';
import type { ClusteringData, MapModel } from '../data/types.ts';
import type { RunTask } from '../runs/fit-task.ts';
import type { LiveFitSettings } from './settings.ts';

/** The input of a fit, and the parts of the view that its result is shown with. */
export interface FitTask {
  readonly settings: LiveFitSettings;
  readonly points: Matrix;
  /** Positions of the points on a map that was computed elsewhere, N x 2; by default a map is computed from the points. */
  readonly positions?: Float32Array | undefined;
  /** A description of those positions, for people. */
  readonly projection?: string | undefined;
  readonly classes?: ClassesInput | undefined;
  readonly images?: ImagesInput | undefined;
  readonly columnNames?: readonly string[] | undefined;
  readonly title?: string | undefined;
}

/** Messages from the page to the worker. */
export type ToWorker =
  | { readonly kind: 'start'; readonly task: FitTask }
  | { readonly kind: 'start-run'; readonly task: RunTask }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'step' };

/** The state of the fit after an iteration, for the map. */
export interface FitFrame {
  readonly iteration: number;
  /** The objective's value, and its name: "inertia". */
  readonly value: number;
  readonly measure: string;
  /** Cluster of each point, N. */
  readonly labels: Uint32Array;
  readonly model: MapModel;
}

/** How a fit ended. */
export interface FitOutcome {
  /** The objective's value, and its name: "inertia". */
  readonly value: number;
  readonly measure: string;
  readonly iterations: number;
  readonly converged: boolean;
  readonly warnings: readonly string[];
  /** The state of the fitted model, for its kind to load: `KMeansModel.fromState`, `GaussianMixtureModel.fromState`. */
  readonly state: ModelState;
  /** The data to show, without the points, which the page has. */
  readonly data: ClusteringData;
}

/** Messages from the worker to the page. */
export type FromWorker =
  | { readonly kind: 'engine'; readonly text: string }
  | { readonly kind: 'method'; readonly title: string }
  | ({ readonly kind: 'layout' } & Pick<ClusteringData, 'positions' | 'origin' | 'projection'>)
  | {
      readonly kind: 'progress';
      readonly phase: string;
      readonly message: string | undefined;
      /** From 0 to 1; undefined where it is not known. */
      readonly share?: number | undefined;
    }
  | { readonly kind: 'frame'; readonly frame: FitFrame }
  | { readonly kind: 'done'; readonly outcome: FitOutcome }
  | { readonly kind: 'run'; readonly data: ClusteringData }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };
