import type { ViewColumn } from '../data/columns.ts';
import type { ClusteringData } from '../data/types.ts';
import { columnTitles } from '../interaction/describe.ts';
import type { ColorBy } from '../state/grouping.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { loadColumnColors } from '../views/load-view.ts';

const COLUMN = 'column:';

/** What an attribute or an address says colors show; clusters when it says nothing known. */
export function readColorBy(text: string | null): ColorBy {
  return text === 'class' || isColumn(text) ? text : 'cluster';
}

function isColumn(text: string | null): text is `column:${string}` {
  return text?.startsWith(COLUMN) === true;
}

/** Sets what colors show. The code for columns is loaded when it is first needed; the last wish wins. */
export class ColorSource {
  readonly #state: ViewerState;
  readonly #onFailure: (error: unknown) => void;
  #turn = 0;

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
    const column = findColumn(data, wanted);
    if (column === undefined) return;
    loadColumnColors().then((columnGrouping) => {
      if (turn !== this.#turn || this.#state.data?.columns !== data.columns) return;
      this.#state.setColorBy(wanted, columnGrouping(column, data.count));
    }, this.#onFailure);
  }
}

function findColumn({ columns = [] }: ClusteringData, wanted: ColorBy): ViewColumn | undefined {
  const place = columnTitles(columns).indexOf(wanted.slice(COLUMN.length));
  return columns.at(place < 0 ? columns.length : place);
}
