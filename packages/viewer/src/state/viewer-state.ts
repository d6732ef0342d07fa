import type { ClusteringData, MapModel } from '../data/types.ts';
import { groupingOf } from '../interaction/groups.ts';
import type { ColorBy, Grouping } from './grouping.ts';
import { haveSamePoints } from './same-points.ts';
import { Selection, type SelectionMode } from './selection.ts';

/** The part of the state that changed. */
export type StateChange =
  | 'data'
  | 'model'
  | 'labels'
  | 'selection'
  | 'hover'
  | 'highlight'
  | 'cluster'
  | 'filter'
  | 'colors'
  | 'wish';

/**
 * The shared state of all views of one viewer: the data, and the hovered, selected and grayed points. It does not refer to
 * views or elements; views subscribe.
 */
export class ViewerState {
  readonly #selection = new Selection();
  readonly #listeners = new Set<(change: StateChange) => void>();
  #data: ClusteringData | undefined;
  #hovered: number | undefined;
  #cluster: number | undefined;
  #muted: ReadonlySet<number> = new Set();
  #colorBy: ColorBy = 'cluster';
  #columnGrouping: Grouping | undefined;
  #wish: ColorBy = 'cluster';
  #deviceLabels: { readonly buffer: GPUBuffer } | undefined;
  #highlighted: Uint32Array | undefined;
  #preview: Grouping | undefined;
  #fitted: ClusteringData | undefined;

  get data(): ClusteringData | undefined {
    return this.#data;
  }

  /** The selection; change it through this class, so that views are notified. */
  get selection(): Omit<Selection, 'change' | 'undo' | 'redo' | 'reset'> {
    return this.#selection;
  }

  /** The point under the pointer or the keyboard's cursor. */
  get hovered(): number | undefined {
    return this.#hovered;
  }

  /** Points that stay in color while all others are grayed for a moment: those of a branch under the pointer. */
  get highlighted(): Uint32Array | undefined {
    return this.#highlighted;
  }

  /** The data before the labels of a cut took their place. */
  get fitted(): ClusteringData | undefined {
    return this.#fitted;
  }

  /** The chosen cluster. */
  get cluster(): number | undefined {
    return this.#cluster;
  }

  /** Color groups (clusters, or classes if colors show classes) that the legend grays. */
  get muted(): ReadonlySet<number> {
    return this.#muted;
  }

  /**
   * Clusters of the points in a buffer on a device, newer than those of the data; a new object after each change.
   */
  get deviceLabels(): { readonly buffer: GPUBuffer } | undefined {
    return this.#preview === undefined ? this.#deviceLabels : undefined;
  }

  get colorBy(): ColorBy {
    return this.#colorBy;
  }

  /** Whether colors show other groups for a moment; see `preview`. */
  get isPreviewing(): boolean {
    return this.#preview !== undefined;
  }

  /** How points are colored; undefined without data. */
  get grouping(): Grouping | undefined {
    if (this.#data === undefined) return undefined;
    const by = this.#colorBy === 'class' ? 'class' : 'cluster';
    return this.#preview ?? this.#columnGrouping ?? groupingOf(this.#data, by);
  }

  /** What the reader last asked colors to show. */
  get wish(): ColorBy {
    return this.#wish;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: (change: StateChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Shows other data, and resets everything that belongs to the previous data. The same points keep the selection, and the same
   * array of places, by which the map knows that it need not move.
   */
  setData(data: ClusteringData | undefined): void {
    const before = this.#data;
    const isSame = before !== undefined && data !== undefined && haveSamePoints(before, data);
    const [hadSelection, hadCluster] = [this.#selection.size > 0, this.#cluster !== undefined];
    this.#data = isSame ? { ...data, positions: before.positions } : data;
    this.#deviceLabels = undefined;
    if (!isSame) this.#selection.reset();
    this.#hovered = undefined;
    this.#cluster = undefined;
    this.#muted = new Set();
    this.#columnGrouping = undefined;
    this.#highlighted = undefined;
    this.#preview = undefined;
    this.#fitted = undefined;
    if (this.#colorBy !== 'class' || data?.classes === undefined) this.#colorBy = 'cluster';
    if (hadSelection && !isSame) this.#tell('selection');
    if (hadCluster) this.#tell('cluster');
    this.#tell('data');
  }

  /** Replaces the data by a later state of the same fit: the points are the same, so the selection and the filter stay. */
  updateData(data: ClusteringData): void {
    this.#data = data;
    this.#deviceLabels = undefined;
    this.#tell('data');
  }

  /** Shows other labels of the same points in place of those of the fit, which `restore` shows again. */
  relabel(data: ClusteringData): void {
    const fitted = this.#fitted ?? this.#data;
    this.setData(data);
    this.#fitted = fitted;
  }

  /** Shows the labels of the fit again. */
  restore(): void {
    if (this.#fitted !== undefined) this.setData(this.#fitted);
  }

  /** Moves only the model on the map, between two states of a fit. */
  moveModel(model: MapModel): void {
    if (this.#data === undefined) return;
    this.#data = { ...this.#data, model };
    this.#tell('model');
  }

  /** Colors points by labels on a device, until other data is set. */
  showDeviceLabels(buffer: GPUBuffer): void {
    this.#deviceLabels = { buffer };
    this.#tell('labels');
  }

  /** Points that are not in the data are ignored. */
  select(points: Iterable<number>, mode: SelectionMode = 'replace'): void {
    const count = this.#data?.count ?? 0;
    const isPoint = (point: number) => Number.isInteger(point) && point >= 0 && point < count;
    // A million points are given as a typed array; other arrays may contain values that a typed array cannot.
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

  /** Grays all points but these for a moment. */
  highlight(points: Uint32Array | undefined): void {
    if (points === this.#highlighted) return;
    this.#highlighted = points;
    this.#tell('highlight');
  }

  /** Colors the points by other groups for a moment, whatever colors show; undefined ends this. */
  preview(grouping: Grouping | undefined): void {
    if (grouping === this.#preview) return;
    this.#preview = grouping;
    this.#muted = new Set();
    this.#tell('colors');
  }

  /** A number that is not a cluster means no cluster. */
  lookAt(cluster: number | undefined): void {
    const known = cluster !== undefined && cluster in (this.#data?.summaries ?? []) ? cluster : undefined;
    if (known === this.#cluster) return;
    this.#cluster = known;
    this.#tell('cluster');
  }

  /** Grays groups of points; they stay in place and cannot be picked. */
  mute(groups: Iterable<number>): void {
    this.#muted = new Set(groups);
    this.#tell('filter');
  }

  /** Asks for other colors; the viewer then loads what they need and sets them. */
  wishFor(colorBy: ColorBy): void {
    this.#wish = colorBy;
    this.#tell('wish');
  }

  /** @param grouping of the column, where colors show one */
  setColorBy(colorBy: ColorBy, grouping?: Grouping): void {
    if (colorBy === this.#colorBy) return;
    this.#colorBy = colorBy;
    this.#columnGrouping = grouping;
    this.#muted = new Set();
    this.#tell('colors');
  }

  #tell(change: StateChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
