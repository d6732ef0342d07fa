import type { ClusteringData } from './data/types.ts';
import type { Filter } from './state/filter.ts';
import type { ViewerRun } from './state/runs.ts';

/** The selection changed, by the reader or from code. */
export interface SelectionChangeDetail {
  /** Selected points, ascending: indices of the shown points. */
  readonly points: Uint32Array;
  /** Their rows in the clustered data. */
  readonly rows: Uint32Array;
}

/** The pointer or the keyboard's cursor moved to a point, or left it. */
export interface PointHoverDetail {
  readonly point: number | undefined;
  readonly row: number | undefined;
  readonly cluster: number | undefined;
}

/** A cluster became the chosen one, or none is chosen any more. */
export interface ClusterSelectDetail {
  readonly cluster: number | undefined;
}

/** A tree was cut in the tree view, or the labels of the fit are shown again. */
export interface TreeCutDetail {
  /** Where it was cut: a number of clusters, or a distance; undefined for the labels of the fit. */
  readonly place: { readonly clusters: number } | { readonly radius: number } | undefined;
  /** Number of clusters. */
  readonly clusters: number;
  /** Cluster of each shown point; `clusters` or more means none. */
  readonly labels: Uint32Array;
  /** Whether all views show these labels now; otherwise only the map does, for a moment. */
  readonly used: boolean;
}

/** The filters changed, by the reader or from code. */
export interface FilterChangeDetail {
  readonly filters: readonly Filter[];
  /** Number of shown points that pass them. */
  readonly passing: number;
}

/** A cluster got another name. */
export interface NameChangeDetail {
  readonly cluster: number;
  /** Undefined when its name was taken away. */
  readonly name: string | undefined;
  readonly before: string | undefined;
}

/** Other data is shown, or a later state of the same fit. */
export interface DataChangeDetail {
  readonly data: ClusteringData | undefined;
}

/** A live fit made progress. */
export interface FitProgressDetail {
  /** "seeding", "iterations" ... */
  readonly phase: string;
  readonly iteration: number;
  /** Inertia of k-means, mean log-likelihood of a mixture. */
  readonly value: number | undefined;
  readonly done: boolean;
}

/** A run was added to the list, or taken out of it. */
export interface RunDetail {
  readonly run: ViewerRun;
}

/** Another run is shown. */
export interface RunChangeDetail {
  readonly run: ViewerRun;
  /** The run that was shown before. */
  readonly before: ViewerRun;
}

/** A run got another name. */
export interface RunRenameDetail {
  readonly run: ViewerRun;
  /** Its name before. */
  readonly before: string;
}

/** Something failed; the element shows the message, too. */
export interface ViewerErrorDetail {
  readonly error: Error;
}

/**
 * The events of `<cluster-viewer>` by name. They bubble and cross the shadow tree's border; `error` does neither, like other
 * error events.
 */
export interface ClusterViewerEventMap {
  'selection-change': CustomEvent<SelectionChangeDetail>;
  'point-hover': CustomEvent<PointHoverDetail>;
  'cluster-select': CustomEvent<ClusterSelectDetail>;
  'tree-cut': CustomEvent<TreeCutDetail>;
  'filter-change': CustomEvent<FilterChangeDetail>;
  'name-change': CustomEvent<NameChangeDetail>;
  'data-change': CustomEvent<DataChangeDetail>;
  'fit-progress': CustomEvent<FitProgressDetail>;
  'run-add': CustomEvent<RunDetail>;
  'run-change': CustomEvent<RunChangeDetail>;
  'run-rename': CustomEvent<RunRenameDetail>;
  'run-remove': CustomEvent<RunDetail>;
  error: CustomEvent<ViewerErrorDetail>;
}

/** Dispatches one of the element's events. */
export function emit<Name extends keyof ClusterViewerEventMap>(
  target: EventTarget,
  name: Name,
  detail: ClusterViewerEventMap[Name]['detail'],
): void {
  const leaves = name !== 'error';
  target.dispatchEvent(new CustomEvent(name, { detail, bubbles: leaves, composed: leaves }));
}
