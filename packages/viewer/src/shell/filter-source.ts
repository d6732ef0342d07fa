import type { Filter } from '../state/filter.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { loadFilters } from '../views/load-view.ts';

/** Sets the filters. The code that finds the points that pass is loaded when it is first needed; the last ones win. */
export class FilterSource {
  readonly #state: ViewerState;
  readonly #onFailure: (error: unknown) => void;
  #turn = 0;
  /** Filters that are not set yet: because the code is loading, or there is no data. */
  #coming: readonly Filter[] | undefined;

  /** @param onFailure is called when the code cannot be loaded, and for filters that are none */
  constructor(state: ViewerState, onFailure: (error: unknown) => void) {
    this.#state = state;
    this.#onFailure = onFailure;
    state.subscribe((change) => {
      if (change !== 'data') return;
      const filters = this.#coming ?? state.filters;
      if (filters.length > 0) this.set(filters);
    });
  }

  get filters(): readonly Filter[] {
    return this.#coming ?? this.#state.filters;
  }

  set(filters: readonly Filter[]): void {
    const turn = ++this.#turn;
    this.#coming = filters;
    if (this.#state.data === undefined) return;
    loadFilters()
      .then(({ checkFilters, filterMask }) => {
        const { data } = this.#state;
        if (turn !== this.#turn || data === undefined) return;
        this.#coming = undefined;
        // Filters that are set again, for later data, are the same.
        const checked = filters === this.#state.filters ? filters : checkFilters(filters);
        this.#state.setFilters(checked, filterMask(checked, data));
      })
      .catch(this.#onFailure);
  }
}
