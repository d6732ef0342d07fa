import type { ClusteringData } from '../data/types.ts';
import type { SizeBy } from '../state/column-id.ts';
import type { Filter } from '../state/filter.ts';
import { ViewerState } from '../state/viewer-state.ts';
import { FilterSource } from './filter-source.ts';
import { InputsElement } from './inputs-element.ts';
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

  /** What points must have to be shown in color; those that do not pass are gray, and cannot be selected. Plain JSON. */
  get filters(): readonly Filter[] {
    return this.#filters.filters;
  }

  set filters(filters: readonly Filter[]) {
    this.#filters.set(filters);
  }

  /** Names of the clusters, one for each; undefined where a cluster has none. */
  get clusterNames(): ClusteringData['clusterNames'] {
    return this.state.data?.clusterNames;
  }

  set clusterNames(names: ClusteringData['clusterNames']) {
    this.state.setNames(names);
  }

  /** @internal */
  protected showSizes(sizeBy: SizeBy): void {
    this.#sizes.show(sizeBy);
  }
}
