import { columnOf } from '../interaction/named-columns.ts';
import type { SizeBy } from '../state/column-id.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { loadSizes } from '../views/load-view.ts';

/** Sets what sizes of points show. The code for it is loaded when it is first needed; the last wish wins. */
export class SizeSource {
  readonly #state: ViewerState;
  readonly #onFailure: (error: unknown) => void;
  #turn = 0;
  #wanted: SizeBy = 'none';

  /** @param onFailure is called when the code cannot be loaded */
  constructor(state: ViewerState, onFailure: (error: unknown) => void) {
    this.#state = state;
    this.#onFailure = onFailure;
    state.subscribe((change) => {
      if (change === 'data' && this.#wanted !== 'none') this.show(this.#wanted);
    });
  }

  /** All points have the same size where the data do not have such a column of numbers or dates. */
  show(wanted: SizeBy): void {
    const turn = ++this.#turn;
    this.#wanted = wanted;
    const { data } = this.#state;
    if (data === undefined) return;
    const found = columnOf(data, wanted);
    if (found === undefined) {
      if (this.#state.sizing !== undefined) this.#state.setSizes('none', undefined);
      return;
    }
    if (found.column === this.#state.sizing?.column.column) return;
    loadSizes().then((sizingOf) => {
      if (turn === this.#turn) this.#state.setSizes(wanted, sizingOf(found, data.count));
    }, this.#onFailure);
  }
}
