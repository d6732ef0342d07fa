import type { ViewColumn } from '../data/columns.ts';
import { columnOf } from '../interaction/named-columns.ts';
import type { ColumnId, SizeBy } from '../state/column-id.ts';
import type { ColorBy } from '../state/grouping.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { loadColumnColors } from '../views/load-view.ts';

/** What an attribute or an address says colors show; clusters when it says nothing known. */
export function readColorBy(text: string | null): ColorBy {
  return text === 'class' || isColumn(text) ? text : 'cluster';
}

/** What an attribute or an address says sizes show; all have the same size when it says nothing known. */
export function readSizeBy(text: string | null): SizeBy {
  return isColumn(text) ? text : 'none';
}

function isColumn(text: string | null): text is ColumnId {
  return /^(column:.*|probability|distance|moved)$/s.test(text ?? '');
}

/** Sets what colors show. The code for columns is loaded when it is first needed; the last wish wins. */
export class ColorSource {
  readonly #state: ViewerState;
  readonly #onFailure: (error: unknown) => void;
  #turn = 0;
  /** The column that colors showed last. */
  #column: ViewColumn | undefined;

  /** @param onFailure is called when the code cannot be loaded */
  constructor(state: ViewerState, onFailure: (error: unknown) => void) {
    this.#state = state;
    this.#onFailure = onFailure;
  }

  /** Nothing changes when the data do not have such classes or such a column. */
  show(wanted: ColorBy): void {
    const turn = ++this.#turn;
    const { data } = this.#state;
    if (data === undefined) return;
    if (!isColumn(wanted)) {
      if (wanted === 'cluster' || data.classes !== undefined) this.#state.setColorBy(wanted);
      return;
    }
    const { column } = columnOf(data, wanted) ?? {};
    if (column === undefined || (wanted === this.#state.colorBy && column === this.#column)) return;
    loadColumnColors().then((columnGrouping) => {
      if (turn !== this.#turn || columnOf(this.#state.data ?? data, wanted)?.column !== column) return;
      this.#column = column;
      this.#state.setColorBy(wanted, columnGrouping(column, data.count));
    }, this.#onFailure);
  }
}
