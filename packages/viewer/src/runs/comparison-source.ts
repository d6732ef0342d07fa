import type { ViewerState } from '../state/viewer-state.ts';
import { compareRuns } from './compare-runs.ts';
import type { RunList } from './run-list.ts';

/** Compares the shown run with another, when one of them changes. */
export class ComparisonSource {
  readonly #state: ViewerState;
  readonly #runs: RunList;
  #of: readonly unknown[] = [];

  constructor(state: ViewerState, runs: RunList) {
    this.#state = state;
    this.#runs = runs;
    state.subscribe((change) => {
      if (change === 'data' || change === 'runs') this.#compare();
    });
  }

  #compare(): void {
    const { data } = this.#state;
    const runs = this.#runs;
    const other = runs.compared?.data;
    const of = [data?.labels, data?.clusterNames, data?.clusters, other?.labels, other?.clusterNames];
    if (data?.moved === runs.comparison?.moved && of.every((part, i) => part === this.#of[i])) return;
    this.#of = of;
    if (data !== undefined) runs.setComparison(other && compareRuns(other, data));
  }
}
