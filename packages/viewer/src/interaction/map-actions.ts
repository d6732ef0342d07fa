import type { ClusteringData } from '../data/types.ts';
import type { Accept } from '../render/point-index.ts';
import { USUAL_SIZE } from '../render/scatter.ts';
import type { SelectionMode } from '../state/selection.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import type { Theme } from '../theme/theme.ts';
import type { MapStage } from '../views/map/map-stage.ts';
import { pointsIn, type Area } from './area.ts';
import { countOf, describePoint, integer } from './describe.ts';
import { clusterName } from './groups.ts';
import { where } from './where.ts';

/** The parts of the viewer that actions change. */
export interface MapHost {
  readonly state: ViewerState;
  readonly theme: Theme;
  readonly stage: MapStage;
  announce(message: string): void;
  requestUpdate(): void;
}

/** The largest size of a point. */
const MAX_BYTE = 255;
/** One step of zooming by key or button. */
const ZOOM_STEP = 1.5;

/** The actions of a reader on a map, by any input; each announces its result. */
export class MapActions {
  readonly #host: MapHost;

  constructor(host: MapHost) {
    this.#host = host;
  }

  get data(): ClusteringData | undefined {
    return this.#host.state.data;
  }

  /** Whether a point can be picked: not if the legend grays its group, or if it does not pass the filters. */
  get accepts(): Accept {
    const { state } = this.#host;
    const { grouping, muted } = state;
    if (grouping === undefined || muted.size === 0) return (point) => state.passes(point);
    const { labels } = grouping;
    return (point) => !muted.has(labels[point]) && state.passes(point);
  }

  /** The point at a place of the picture. @param reach CSS pixels */
  pointAt(x: number, y: number, reach: number): number | undefined {
    const { stage, state } = this.#host;
    const place = stage.unproject(x, y);
    const { scale } = stage.camera;
    const { accepts } = this;
    const { sizing, data } = state;
    if (sizing === undefined || data === undefined) {
      return stage.index.nearest(place.x, place.y, reach / scale, accepts);
    }
    const grown = (point: number): number => (stage.markSize / 2) * (sizing.bytes[point] / USUAL_SIZE - 1);
    const isReached: Accept = (point) => {
      const [px, py] = [data.positions[2 * point], data.positions[2 * point + 1]];
      return Math.hypot(px - place.x, py - place.y) * scale <= reach + grown(point) && accepts(point);
    };
    const most = (stage.markSize / 2) * (MAX_BYTE / USUAL_SIZE - 1);
    return stage.index.nearest(place.x, place.y, (reach + most) / scale, isReached);
  }

  zoomIn(): void {
    this.#host.stage.zoom(ZOOM_STEP);
  }

  zoomOut(): void {
    this.#host.stage.zoom(1 / ZOOM_STEP);
  }

  fit(): void {
    const { stage, theme } = this.#host;
    stage.fit(theme.motion);
    this.#host.announce('The whole map is shown.');
  }

  flyTo(points: ArrayLike<number>): void {
    this.#host.stage.flyTo(points, this.#host.theme.motion);
  }

  selectPoint(point: number, toggles: boolean): void {
    const { state } = this.#host;
    const isSelected = state.selection.has(point);
    if (!toggles) state.select([point]);
    else state.select([point], isSelected ? 'remove' : 'add');
    if (this.data !== undefined) {
      this.#host.announce(
        `${describePoint(this.data, point)}: ${toggles && isSelected ? 'removed' : 'selected'}. ${this.#selected()}`,
      );
    }
  }

  selectArea(area: Area, mode: SelectionMode): void {
    const { state, stage } = this.#host;
    const points = pointsIn(area, stage.index);
    state.select(state.muted.size > 0 ? points.filter(this.accepts) : points, mode);
    this.#host.announce(this.#selected());
  }

  selectCluster(label: number): void {
    const { data } = this;
    if (data === undefined) return;
    const { accepts } = this;
    const isMember = (point: number) => sameCluster(data, data.labels[point], label) && accepts(point);
    const all = Uint32Array.from({ length: data.count }, (_, point) => point);
    this.#host.state.select(all.filter(isMember));
    this.#host.announce(`${clusterName(data, label)}: ${this.#selected()}`);
  }

  /** Zooms to the cluster of a point. */
  zoomToCluster(point: number): void {
    const { data } = this;
    if (data === undefined) return;
    const label = data.labels[point];
    this.flyTo(where(data.labels, data.count, (each) => sameCluster(data, each, label)));
    this.#host.announce(`${clusterName(data, label)} is shown.`);
  }

  clear(): void {
    const { state } = this.#host;
    state.select([]);
    state.lookAt(undefined);
    this.#host.announce('The selection is empty.');
  }

  undo(): void {
    this.#step(this.#host.state.selection.canUndo, 'undo');
  }

  redo(): void {
    this.#step(this.#host.state.selection.canRedo, 'redo');
  }

  /** Finds points, selects those that pass the filters, and zooms to them. */
  async find(query: string): Promise<void> {
    const { find } = await import('./find.ts');
    const { data } = this;
    if (data === undefined) return;
    const { state } = this.#host;
    const { points, message } = find(query, data);
    const shown = points.filter((point) => state.passes(point));
    if (shown.length > 0) {
      state.select(shown);
      this.flyTo(shown);
    }
    const hidden = points.length - shown.length;
    this.#host.announce(
      hidden === 0 ? message : `${message} ${integer(hidden)} of them do not pass the filters.`,
    );
  }

  #step(can: boolean, way: 'undo' | 'redo'): void {
    if (can) this.#host.state[way]();
    this.#host.announce(can ? this.#selected() : `There is nothing to ${way}.`);
  }

  #selected(): string {
    return `${countOf(this.#host.state.selection.size, 'point')} selected.`;
  }
}

/** All labels without a cluster count as the same. */
function sameCluster({ clusters }: ClusteringData, a: number, b: number): boolean {
  return Math.min(a, clusters) === Math.min(b, clusters);
}
