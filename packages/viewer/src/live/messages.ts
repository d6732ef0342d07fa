import type { Matrix, ModelState } from '@shoal/core';
import type { ClassesInput } from '../data/classes.ts';
import type { ImagesInput } from '../data/images.ts';
import type { ClusteringData, MapModel } from '../data/types.ts';
import type { LiveFitSettings } from './settings.ts';

/** What a fit works on, and what its result is shown with. */
export interface FitTask {
  readonly settings: LiveFitSettings;
  readonly points: Matrix;
  /** Where the points lie on a map that was made elsewhere, N x 2; by default one is made of the points. */
  readonly positions?: Float32Array | undefined;
  /** What those positions are, for people. */
  readonly projection?: string | undefined;
  readonly classes?: ClassesInput | undefined;
  readonly images?: ImagesInput | undefined;
  readonly columnNames?: readonly string[] | undefined;
  readonly title?: string | undefined;
}

/** What the page tells the worker. */
export type ToWorker =
  | { readonly kind: 'start'; readonly task: FitTask }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'step' };

/** The fit after an iteration, as the map shows it. */
export interface FitFrame {
  readonly iteration: number;
  /** Of the objective, and what that is called: "inertia". */
  readonly value: number;
  readonly measure: string;
  /** Cluster of each point, N. */
  readonly labels: Uint32Array;
  readonly model: MapModel;
}

/** How a fit ended. */
export interface FitOutcome {
  /** Of the objective, and what that is called: "inertia". */
  readonly value: number;
  readonly measure: string;
  readonly iterations: number;
  readonly converged: boolean;
  readonly warnings: readonly string[];
  /** The fitted model, as its kind loads it: `KMeansModel.fromState`, `GaussianMixtureModel.fromState`. */
  readonly state: ModelState;
  /** What there is to show now; the points, which the page has, left out. */
  readonly data: ClusteringData;
}

/** What the worker tells the page. */
export type FromWorker =
  | { readonly kind: 'engine'; readonly text: string }
  | { readonly kind: 'method'; readonly title: string }
  | ({ readonly kind: 'layout' } & Pick<ClusteringData, 'positions' | 'origin' | 'projection'>)
  | { readonly kind: 'progress'; readonly phase: string; readonly message: string | undefined }
  | { readonly kind: 'frame'; readonly frame: FitFrame }
  | { readonly kind: 'done'; readonly outcome: FitOutcome }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };
