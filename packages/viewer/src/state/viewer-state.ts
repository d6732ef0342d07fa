import type { ClusteringData, MapModel } from '../data/types.ts';
import { groupingOf } from '../interaction/groups.ts';
import type { MapBy, SizeBy } from './column-id.ts';
import type { Filter } from './filter.ts';
import type { ColorBy, Grouping } from './grouping.ts';
import type { Work } from './work.ts';
import { NameHistory, type Naming } from './name-history.ts';
import { placedOn, placementOf, type ChosenPlacement, type Placement } from './placement.ts';
import { haveSamePoints } from './same-points.ts';
import type { Runs } from './runs.ts';
import { Selection, type SelectionMode } from './selection.ts';
import type { Sizing } from './sizing.ts';

/**
 * The part of the state that changed; `mute` is what the legend grays, `passing` which points pass the filters, `name` the name of a
 * cluster.
 */
export type StateChange =
  | 'data'
  | 'model'
  | 'labels'
  | 'selection'
  | 'hover'
  | 'highlight'
  | 'cluster'
  | 'mute'
  | 'filters'
  | 'passing'
  | 'colors'
  | 'sizes'
  | 'map'
  | 'map-work'
  | 'runs'
  | 'comparison'
  | 'fly'
  | 'name'
  | 'wish';

/** What the reader asks for; the viewer then loads what it needs, and sets it. */
export type Wish = { readonly colorBy: ColorBy } | { readonly sizeBy: SizeBy } | { readonly mapBy: MapBy };

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
  #wish: Wish = { colorBy: 'cluster' };
  #filters: readonly Filter[] = [];
  /** 1 for each point that passes the filters; undefined while there are none. */
  #passing: Uint8Array | undefined;
  #passingCount: number | undefined;
  #sizeBy: SizeBy = 'none';
  #sizing: Sizing | undefined;
  #mapBy: MapBy = 'own';
  /** The map that came with the data, while another is shown. */
  #own: Placement | undefined;
  #scales: ChosenPlacement['scales'];
  #mapWork: Work | undefined;
  #flight: Uint32Array | undefined;
  readonly #names = new NameHistory();
  #lastNaming: Naming | undefined;
  #deviceLabels: { readonly buffer: GPUBuffer } | undefined;
  #highlighted: Uint32Array | undefined;
  #preview: Grouping | undefined;
  #fitted: ClusteringData | undefined;
  #runs: Runs | undefined;

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

  /** The runs of the shown points; undefined while nothing needs more than one. */
  get runs(): Runs | undefined {
    return this.#runs;
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

  /** What the reader last asked for. */
  get wish(): Wish {
    return this.#wish;
  }

  get filters(): readonly Filter[] {
    return this.#filters;
  }

  /** 1 for each point that passes the filters, else 0; undefined while there are none. */
  get passing(): Uint8Array | undefined {
    return this.#passing;
  }

  /** Number of shown points that pass the filters. */
  get passingCount(): number {
    return this.#passingCount ?? this.#data?.count ?? 0;
  }

  get sizeBy(): SizeBy {
    return this.#sizeBy;
  }

  /** How large points are; undefined while all have the same size. */
  get sizing(): Sizing | undefined {
    return this.#sizing;
  }

  get mapBy(): MapBy {
    return this.#mapBy;
  }

  /** The data on the map that came with it. */
  get ownData(): ClusteringData | undefined {
    return this.#data && this.#own ? { ...this.#data, ...this.#own } : this.#data;
  }

  /** The positions of the map that came with the data: the same array as long as the points are the same. */
  get ownPositions(): Float32Array | undefined {
    return (this.#own ?? this.#data)?.positions;
  }

  /** Values along the axes of a map of two columns. */
  get scales(): ChosenPlacement['scales'] {
    return this.#scales;
  }

  /** A map that is being computed. */
  get mapWork(): Work | undefined {
    return this.#mapWork;
  }

  /** The points that the map was last asked to fly to. */
  get flight(): Uint32Array | undefined {
    return this.#flight;
  }

  /** Whether a name can be undone. */
  get canUndoName(): boolean {
    return this.#names.canUndo;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: (change: StateChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Shows other data, and resets everything that belongs to the previous data. The same points keep the selection, the filters,
   * the sizes and the map, and the same array of places, by which the map knows that it need not move.
   */
  setData(data: ClusteringData | undefined): void {
    const before = this.ownData;
    const isSame = before !== undefined && data !== undefined && haveSamePoints(before, data);
    const [hadSelection, hadCluster] = [this.#selection.size > 0, this.#cluster !== undefined];
    if (isSame) this.#placeAgain({ ...data, positions: before.positions });
    else this.#forgetPoints(data);
    this.#deviceLabels = undefined;
    this.#hovered = undefined;
    this.#cluster = undefined;
    this.#muted = new Set();
    this.#columnGrouping = undefined;
    this.#highlighted = undefined;
    this.#preview = undefined;
    this.#fitted = undefined;
    this.#names.reset();
    if (this.#colorBy !== 'class' || data?.classes === undefined) this.#colorBy = 'cluster';
    if (hadSelection && !isSame) this.#tell('selection');
    if (hadCluster) this.#tell('cluster');
    this.#tell('data');
  }

  /** Replaces the data by a later state of the same fit: the points are the same, so the selection and the filters stay. */
  updateData(data: ClusteringData): void {
    const shown = this.#data;
    if (this.#own === undefined || data.positions !== shown?.positions) this.#ownMap(data);
    else
      this.#placeAgain({ ...data, ...this.#own, ...(data.model !== shown.model && { model: data.model }) });
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

  /** Moves only the model on the map, between two states of a fit; not on a map that the reader chose. */
  moveModel(model: MapModel): void {
    if (this.#data === undefined || this.#own !== undefined) return;
    this.#data = { ...this.#data, model };
    this.#tell('model');
  }

  /** Shows the points on another map, or on that which came with them. */
  setMap(mapBy: MapBy, placement?: ChosenPlacement): void {
    const own = this.ownData;
    if (own === undefined) return;
    this.#mapBy = placement === undefined ? 'own' : mapBy;
    this.#own = placement && placementOf(own);
    this.#scales = placement?.scales;
    this.#data = placement ? placedOn(own, placement) : own;
    this.#hovered = undefined;
    this.#tell('map');
  }

  /** Asks the map to show some points from near. */
  flyTo(points: Iterable<number>): void {
    this.#flight = Uint32Array.from(points);
    this.#tell('fly');
  }

  setMapWork(work: Work | undefined): void {
    this.#mapWork = work;
    this.#tell('map-work');
  }

  /** Colors points by labels on a device, until other data is set. */
  showDeviceLabels(buffer: GPUBuffer): void {
    this.#deviceLabels = { buffer };
    this.#tell('labels');
  }

  /** Points that are not in the data, or do not pass the filters, are ignored. */
  select(points: Iterable<number>, mode: SelectionMode = 'replace'): void {
    const count = this.#data?.count ?? 0;
    const isPoint = (point: number) =>
      Number.isInteger(point) && point >= 0 && point < count && this.passes(point);
    // A million points are given as a typed array; other arrays may contain values that a typed array cannot.
    const valid = points instanceof Uint32Array ? points.filter(isPoint) : [...points].filter(isPoint);
    if (this.#selection.change(valid, mode)) this.#tell('selection');
  }

  undo(): void {
    if (this.#selection.undo()) this.#selectionStepped();
  }

  redo(): void {
    if (this.#selection.redo()) this.#selectionStepped();
  }

  /** Whether a point passes the filters. */
  passes(point: number): boolean {
    return this.#passing === undefined || this.#passing[point] === 1;
  }

  /** @param passing 1 for each point that passes the filters; undefined without filters */
  setFilters(filters: readonly Filter[], passing: Uint8Array | undefined): void {
    const areOthers = filters !== this.#filters;
    this.#filters = filters;
    this.#passing = passing;
    this.#passingCount = passing?.reduce((sum, each) => sum + each, 0);
    if (this.#hovered !== undefined && !this.passes(this.#hovered)) this.hover(undefined);
    if (this.#selection.keep((point) => this.passes(point))) this.#tell('selection');
    this.#tell('passing');
    if (areOthers) this.#tell('filters');
  }

  /** @param sizing undefined gives all points the same size */
  setSizes(sizeBy: SizeBy, sizing: Sizing | undefined): void {
    this.#sizeBy = sizing === undefined ? 'none' : sizeBy;
    this.#sizing = sizing;
    this.#tell('sizes');
  }

  /** Replaces the names of all clusters; not a step that can be undone. */
  setNames(clusterNames: ClusteringData['clusterNames']): void {
    if (this.#data === undefined) return;
    this.#names.reset();
    this.updateData({ ...this.#data, clusterNames });
  }

  /** Names a cluster, as a step that can be undone. @param name undefined takes its name away */
  rename(cluster: number, name: string | undefined): void {
    if (this.#data === undefined || !(cluster in this.#data.summaries)) return;
    const before = this.#data.clusterNames?.[cluster];
    if (before === name) return;
    this.#names.add({ cluster, before });
    this.#setName(cluster, name, before);
  }

  /** Undoes the last naming. */
  undoName(): void {
    const last = this.#names.undo();
    if (last !== undefined)
      this.#setName(last.cluster, last.before, this.#data?.clusterNames?.[last.cluster]);
  }

  /** The last change of a name: by `rename`, or undone. */
  get lastNaming(): Naming | undefined {
    return this.#lastNaming;
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
    this.#tell('mute');
  }

  setRuns(runs: Runs): void {
    this.#runs = runs;
    this.#tell('runs');
  }

  /** Tells that the runs have changed, or how two of them differ. */
  tellRuns(change: 'runs' | 'comparison'): void {
    this.#tell(change);
  }

  wishFor(wish: Wish): void {
    this.#wish = wish;
    this.#tell('wish');
  }

  /** @param grouping of the column, where colors show one */
  setColorBy(colorBy: ColorBy, grouping?: Grouping): void {
    if (colorBy === this.#colorBy && grouping === undefined) return;
    this.#colorBy = colorBy;
    this.#columnGrouping = grouping;
    this.#muted = new Set();
    this.#tell('colors');
  }

  /** A step back may lead to points that do not pass the filters of now. */
  #selectionStepped(): void {
    this.#selection.keep((point) => this.passes(point));
    this.#tell('selection');
  }

  #setName(cluster: number, name: string | undefined, before: string | undefined): void {
    const { data } = this;
    if (data === undefined) return;
    const clusterNames = Array.from({ length: data.clusters }, (_, k) =>
      k === cluster ? name : data.clusterNames?.[k],
    );
    this.#lastNaming = { cluster, before };
    this.updateData({ ...data, clusterNames });
    this.#tell('name');
  }

  #forgetPoints(data: ClusteringData | undefined): void {
    this.#selection.reset();
    this.#filters = [];
    this.#passing = undefined;
    this.#passingCount = undefined;
    this.#sizeBy = 'none';
    this.#sizing = undefined;
    this.#ownMap(data);
  }

  #ownMap(data: ClusteringData | undefined): void {
    this.#data = data;
    this.#own = undefined;
    this.#scales = undefined;
    this.#mapBy = 'own';
  }

  /** Later data of the same points, on the map that is shown. */
  #placeAgain(own: ClusteringData): void {
    const { positions, origin, projection } = this.#data ?? own;
    if (this.#own === undefined) {
      this.#data = own;
      return;
    }
    this.#own = placementOf(own);
    this.#data = placedOn(own, { positions, origin, projection });
  }

  #tell(change: StateChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
