import type { TextColumn } from '@shoal/tables';
import type { ClusteringData } from '../data/types.ts';
import type { Work } from './work.ts';

/** One clustering of the points of a viewer. */
export interface ViewerRun {
  /** Its number, from 1, which no later run gets again. */
  readonly id: number;
  readonly name: string;
  readonly data: ClusteringData;
}

/** Two runs of the same points. */
export interface RunComparison {
  /** The points by the clusters of the shown run; their classes are the clusters of the other one. */
  readonly data: ClusteringData;
  /** The points that are not in the cluster which is matched to their cluster of the other run: 1 is the code of "moved". */
  readonly moved: TextColumn;
}

/** The run that there is first: what the page gave. */
export function firstRun(data: ClusteringData, id = 1): ViewerRun {
  return { id, name: data.title === '' ? `Run ${id}` : data.title, data };
}

/** A fit that becomes a run, or why it failed. */
export type RunWork =
  | (Work & { readonly error?: undefined })
  | { readonly error: Error; readonly cancel?: undefined };

/** The runs of a viewer: one is shown, and may be compared with another. */
export interface Runs {
  /** In the order in which they came. */
  readonly all: readonly ViewerRun[];
  readonly shown: ViewerRun | undefined;
  /** The run that the shown one is compared with. */
  readonly compared: ViewerRun | undefined;
  /** Undefined while there is one run only, and where the table of clusters would be too large. */
  readonly comparison: RunComparison | undefined;
  /** The fit that is running, or the last one if it failed. */
  readonly work: RunWork | undefined;
  /** The page gives other data: they are the first run. Runs of other points end. */
  restart(data: ClusteringData | undefined): void;
  /** @param name default its title */
  add(data: ClusteringData, name?: string): ViewerRun;
  /** Shows another run, compared with the one before if there is no other. A number that is no run is ignored. */
  show(id: number | undefined): void;
  /** A number that is no other run is ignored. */
  compareWith(id: number | undefined): void;
  /** Takes a run out of the list, except for the only one. */
  remove(id: number): void;
  rename(id: number, name: string): void;
  setWork(work: RunWork | undefined): void;
  /** Stops the fit that is running. */
  stop(): void;
}
