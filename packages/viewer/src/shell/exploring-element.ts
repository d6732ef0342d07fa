import type { MapBy, SizeBy } from '../state/column-id.ts';
import type { Filter } from '../state/filter.ts';
import type { SelectionMode } from '../state/selection.ts';
import { ViewerState } from '../state/viewer-state.ts';
import type { ClusterViewerEventMap } from '../events.ts';
import type { Neighbors } from '../space/select-neighbors.ts';
import { loadNeighbors } from '../views/load-view.ts';
import { FilterSource } from './filter-source.ts';
import { InputsElement } from './inputs-element.ts';
import { MapSource } from './map-source.ts';
import { SizeSource } from './size-source.ts';

/** The properties by which a page chooses what of the data is shown, and how. */
export abstract class ExploringElement extends InputsElement {
  /** @internal */
  protected readonly state = new ViewerState();
  /** @internal */
  protected readonly failed = (error: unknown): void => {
    this.onFailure(error instanceof Error ? error : new Error(String(error)));
  };
  readonly #filters = new FilterSource(this.state, this.failed);
  readonly #sizes = new SizeSource(this.state, this.failed);
  /** Names that were set before there were clusters. */
  #earlyNames: readonly (string | undefined)[] | undefined;
  readonly #maps = new MapSource(this.state, this.failed);

  /** The point that is marked, as by the pointer. */
  get hovered(): number | undefined {
    return this.state.hovered;
  }

  set hovered(point: number | undefined) {
    this.state.hover(point);
  }

  /** Selects points, adds them to the selection, or takes them out of it. */
  select(points: Iterable<number>, mode: SelectionMode = 'replace'): void {
    this.state.select(points, mode);
  }

  /** Undoes the last change of the selection. */
  undo(): void {
    this.state.undo();
  }

  /** Redoes the change that was undone last. */
  redo(): void {
    this.state.redo();
  }

  /** What points must have to be shown in color; those that do not pass are gray, and cannot be selected. Plain JSON. */
  get filters(): readonly Filter[] {
    return this.#filters.filters;
  }

  set filters(filters: readonly Filter[]) {
    this.#filters.set(filters);
  }

  /** Where the points are: on the map that came with the data, by UMAP, or on axes of two columns. Plain JSON. */
  get mapBy(): MapBy {
    return this.#maps.mapBy;
  }

  set mapBy(mapBy: MapBy) {
    this.#maps.show(mapBy);
  }

  /** Names of the clusters, one for each; undefined where a cluster has none. The reader may change them on the cards. */
  get clusterNames(): readonly (string | undefined)[] | undefined {
    return this.state.data?.clusterNames ?? this.#earlyNames;
  }

  /** Null, as in JSON, means no name, too. */
  set clusterNames(names: readonly (string | null | undefined)[] | undefined) {
    this.#earlyNames = names?.map((name) => name ?? undefined);
    this.#setNames();
  }

  /**
   * Selects a point and its nearest neighbors, in the space of the points, or of what else the viewer has of them.
   *
   * @param point an index of the shown points
   * @param count how many neighbors
   * @returns the neighbors, nearest first, and the space of the distances, for people
   * @throws {StateError} while there is no such point
   * @throws {InvalidArgumentError} unless the count is a whole number of at least 1
   */
  async selectNeighbors(point: number, count = 10): Promise<Neighbors> {
    const select = await loadNeighbors();
    return select(this.state, point, count);
  }

  constructor() {
    super();
    this.state.subscribe((change) => {
      if (change === 'data' && this.#earlyNames !== undefined) this.#setNames();
    });
  }

  #setNames(): void {
    if (this.state.data === undefined) return;
    const names = this.#earlyNames;
    this.#earlyNames = undefined;
    this.state.setNames(names);
  }

  /** Sends the last name to an address. @internal */
  protected saveName(url: string): void {
    const { data, lastNaming } = this.state;
    if (data === undefined || lastNaming === undefined) return;
    const { cluster } = lastNaming;
    const body = JSON.stringify({ cluster, name: data.clusterNames?.[cluster] ?? '' });
    import('./save-name.ts').then(({ saveName }) => saveName(url, body)).catch(this.failed);
  }

  override addEventListener<Name extends keyof ClusterViewerEventMap>(
    type: Name,
    listener: (this: this, event: ClusterViewerEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void {
    super.addEventListener(type, listener, options);
  }

  /** @internal */
  protected showSizes(sizeBy: SizeBy): void {
    this.#sizes.show(sizeBy);
  }
}
