import type { ClusteringData, MapModel } from '../data/types.ts';
import { Selection, type SelectionMode } from './selection.ts';

/** What colours stand for. */
export type ColorBy = 'cluster' | 'class';

/** The part of the state that changed. */
export type StateChange =
  'data' | 'model' | 'labels' | 'selection' | 'hover' | 'cluster' | 'filter' | 'colors';

/**
 * What all views of one viewer share: the data, and what the reader points at, selects and greys. It knows no view and no
 * element; views subscribe.
 */
export class ViewerState {
  readonly #selection = new Selection();
  readonly #listeners = new Set<(change: StateChange) => void>();
  #data: ClusteringData | undefined;
  #hovered: number | undefined;
  #cluster: number | undefined;
  #muted: ReadonlySet<number> = new Set();
  #colorBy: ColorBy = 'cluster';
  #deviceLabels: { readonly buffer: GPUBuffer } | undefined;

  get data(): ClusteringData | undefined {
    return this.#data;
  }

  /** The selection; change it through this class, so that views hear of it. */
  get selection(): Omit<Selection, 'change' | 'undo' | 'redo' | 'reset'> {
    return this.#selection;
  }

  /** The point under the pointer or the keyboard's cursor. */
  get hovered(): number | undefined {
    return this.#hovered;
  }

  /** The cluster that is looked at. */
  get cluster(): number | undefined {
    return this.#cluster;
  }

  /** Colour groups (clusters, or classes when they give the colours) that the legend has greyed. */
  get muted(): ReadonlySet<number> {
    return this.#muted;
  }

  /**
   * Clusters of the points as a device holds them, newer than those of the data; another object each time that they have
   * changed.
   */
  get deviceLabels(): { readonly buffer: GPUBuffer } | undefined {
    return this.#deviceLabels;
  }

  get colorBy(): ColorBy {
    return this.#colorBy;
  }

  /** @returns what ends the subscription */
  subscribe(listener: (change: StateChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows other data, and forgets all that was about the former. */
  setData(data: ClusteringData | undefined): void {
    this.#data = data;
    this.#deviceLabels = undefined;
    this.#selection.reset();
    this.#hovered = undefined;
    this.#cluster = undefined;
    this.#muted = new Set();
    if (data?.classes === undefined) this.#colorBy = 'cluster';
    this.#tell('data');
  }

  /** Replaces the data by a later state of the same fit: points are the same ones, so selection and filter stay. */
  updateData(data: ClusteringData): void {
    this.#data = data;
    this.#deviceLabels = undefined;
    this.#tell('data');
  }

  /** Moves the model on the map, between two states of a fit, and nothing else. */
  moveModel(model: MapModel): void {
    if (this.#data === undefined) return;
    this.#data = { ...this.#data, model };
    this.#tell('model');
  }

  /** Colours points by what a device holds, until there are other data. */
  showDeviceLabels(buffer: GPUBuffer): void {
    this.#deviceLabels = { buffer };
    this.#tell('labels');
  }

  /** Points outside of the data are left out. */
  select(points: Iterable<number>, mode: SelectionMode = 'replace'): void {
    const count = this.#data?.count ?? 0;
    const isPoint = (point: number) => Number.isInteger(point) && point >= 0 && point < count;
    // A million points come as a typed array; others may hold what such an array cannot.
    const valid = points instanceof Uint32Array ? points.filter(isPoint) : [...points].filter(isPoint);
    if (this.#selection.change(valid, mode)) this.#tell('selection');
  }

  undo(): void {
    if (this.#selection.undo()) this.#tell('selection');
  }

  redo(): void {
    if (this.#selection.redo()) this.#tell('selection');
  }

  hover(point: number | undefined): void {
    if (point === this.#hovered) return;
    this.#hovered = point;
    this.#tell('hover');
  }

  /** A number that no cluster has means none. */
  lookAt(cluster: number | undefined): void {
    const known = cluster !== undefined && cluster in (this.#data?.summaries ?? []) ? cluster : undefined;
    if (known === this.#cluster) return;
    this.#cluster = known;
    this.#tell('cluster');
  }

  /** Greys groups of points in place; they stay where they are and cannot be picked. */
  mute(groups: Iterable<number>): void {
    this.#muted = new Set(groups);
    this.#tell('filter');
  }

  setColorBy(colorBy: ColorBy): void {
    if (colorBy === this.#colorBy) return;
    this.#colorBy = colorBy;
    this.#muted = new Set();
    this.#tell('colors');
  }

  #tell(change: StateChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
