/** The selection changed, by the reader or from code. */
export interface SelectionChangeDetail {
  /** Selected points, ascending: indices into what is shown. */
  readonly points: Uint32Array;
  /** Their rows in the data that were clustered. */
  readonly rows: Uint32Array;
}

/** The pointer or the keyboard's cursor came to a point, or left it. */
export interface PointHoverDetail {
  readonly point: number | undefined;
  readonly row: number | undefined;
  readonly cluster: number | undefined;
}

/** A cluster was chosen to be looked at, or none is any more. */
export interface ClusterSelectDetail {
  readonly cluster: number | undefined;
}

/** A live fit went on. */
export interface FitProgressDetail {
  /** "seeding", "iterations" ... */
  readonly phase: string;
  readonly iteration: number;
  /** Inertia of k-means, mean log-likelihood of a mixture. */
  readonly value: number | undefined;
  readonly done: boolean;
}

/** Something failed; the element shows it, too. */
export interface ViewerErrorDetail {
  readonly error: Error;
}

/** The events of `<cluster-viewer>` by name. They bubble and leave the shadow tree; `error` does neither, as elsewhere. */
export interface ClusterViewerEventMap {
  'selection-change': CustomEvent<SelectionChangeDetail>;
  'point-hover': CustomEvent<PointHoverDetail>;
  'cluster-select': CustomEvent<ClusterSelectDetail>;
  'fit-progress': CustomEvent<FitProgressDetail>;
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
