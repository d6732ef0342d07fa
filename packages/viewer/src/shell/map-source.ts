import type { MapBy } from '../state/column-id.ts';
import type { ChosenPlacement } from '../state/placement.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { loadAxesMap, loadUmapMap } from '../views/load-view.ts';

/** Shows the points on the map that is asked for, and computes it first if need be; the last wish wins. */
export class MapSource {
  readonly #state: ViewerState;
  readonly #onFailure: (error: unknown) => void;
  /** What was last asked for; the map that came with the data, until it is asked for another. */
  #wanted: MapBy = 'own';
  #work: AbortController | undefined;
  /** The places by UMAP of the points of some data. */
  #umap: { readonly of: Float32Array; readonly placement: ChosenPlacement } | undefined;

  /** @param onFailure is called when a map cannot be made */
  constructor(state: ViewerState, onFailure: (error: unknown) => void) {
    this.#state = state;
    this.#onFailure = onFailure;
    state.subscribe((change) => {
      // Other data came with a map of their own.
      if (change === 'data' && this.#wanted !== state.mapBy && state.mapWork === undefined)
        this.show(this.#wanted);
    });
  }

  get mapBy(): MapBy {
    return this.#wanted;
  }

  show(wanted: MapBy): void {
    this.#work?.abort();
    this.#work = undefined;
    this.#wanted = wanted;
    if (this.#state.data === undefined) return;
    const work = new AbortController();
    this.#work = work;
    this.#make(wanted, work.signal).then(
      () => {
        if (this.#work === work) this.#end();
      },
      (error: unknown) => {
        if (work.signal.aborted) return;
        this.#end();
        this.#wanted = this.#state.mapBy;
        this.#onFailure(error);
      },
    );
  }

  async #make(wanted: MapBy, signal: AbortSignal): Promise<void> {
    if (wanted === 'own') {
      if (this.#state.mapBy !== 'own') this.#state.setMap('own');
      return;
    }
    const placement = wanted === 'umap' ? await this.#placeByUmap(signal) : await this.#placeByAxes(wanted);
    if (!signal.aborted && placement !== undefined) this.#state.setMap(wanted, placement);
  }

  async #placeByAxes(axes: Exclude<MapBy, string>): Promise<ChosenPlacement | undefined> {
    const axesMap = await loadAxesMap();
    const { data } = this.#state;
    return data && axesMap(data, axes);
  }

  async #placeByUmap(signal: AbortSignal): Promise<ChosenPlacement | undefined> {
    const own = this.#state.ownData;
    if (own === undefined) return undefined;
    if (this.#umap?.of === own.positions) return this.#umap.placement;
    this.#tell(undefined, undefined);
    const umapMap = await loadUmapMap();
    const placement = await umapMap(own, {
      signal,
      onProgress: (phase, share) => {
        if (!signal.aborted) this.#tell(phase, share);
      },
    });
    this.#umap = { of: own.positions, placement };
    return placement;
  }

  #tell(phase: string | undefined, share: number | undefined): void {
    this.#state.setMapWork({
      title: 'UMAP',
      phase,
      share,
      cancel: () => {
        this.#work?.abort();
        this.#end();
        this.#wanted = this.#state.mapBy;
      },
    });
  }

  #end(): void {
    this.#work = undefined;
    if (this.#state.mapWork !== undefined) this.#state.setMapWork(undefined);
  }
}
