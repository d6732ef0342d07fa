import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ClusteringData } from '../data/types.ts';
import { announce } from '../interaction/announce.ts';
import { countOf, integer } from '../interaction/describe.ts';
import { StateController } from '../state/state-controller.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { cssColor } from '../theme/oklab.ts';
import type { Theme } from '../theme/theme.ts';
import { columnsLeftOut, rowColumns, type RowColumn } from './rows/row-columns.ts';
import { rowsStyles } from './rows/rows.styles.ts';
import { sortPoints, type RowOrder } from './rows/sort-rows.ts';
import { MAX_ROWS, ROW_HEIGHT, visibleRows } from './rows/visible-rows.ts';
import { tablePanelStyles } from './shared/table-panel.styles.ts';
import { viewStyles } from './shared/view.styles.ts';
import { styled } from './shared/styled.ts';

/** Column of the clusters, which have a swatch. */
const CLUSTER_COLUMN = 1;

/**
 * A table of the selected rows, or of all rows, with the values of their columns. Only the rows in view are created. A column's
 * head sorts by it; Up, Down, Page Up, Page Down, Home and End go from row to row, and mark it on the map. A click or Enter flies
 * there; the box of a row, or Space, selects it. A point that is hovered on the map marks its row, which is scrolled into view.
 *
 * @element cluster-viewer-rows
 * @csspart rows The table
 */
class RowsView extends LitElement {
  static override readonly styles = [viewStyles, tablePanelStyles, rowsStyles];
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    theme: { attribute: false },
    order: { state: true },
    every: { state: true },
    scrolled: { state: true },
    height: { state: true },
  };

  declare state: ViewerState;
  declare theme: Theme;
  declare private order: RowOrder;
  /** Whether all rows are listed, also while some are selected. */
  declare private every: boolean;
  /** CSS pixels that the table is scrolled by. */
  declare private scrolled: number;
  /** CSS pixels of the table in view. */
  declare private height: number;
  /** The row that the keyboard is on. */
  #current = 0;
  #columnsOf: ClusteringData | undefined;
  #columns: readonly RowColumn[] = [];
  #sortedBy: readonly unknown[] = [];
  #sorted: Uint32Array = new Uint32Array();
  /** The hovered point that the table was last scrolled to. */
  #revealed: number | undefined;
  /** Whether the pointer is on the table, whose rows must then stay under it. */
  #isPointerHere = false;
  readonly #sizes = new ResizeObserver(([entry]) => {
    this.height = entry.contentRect.height;
  });

  constructor() {
    super();
    this.order = { column: 0, descending: false };
    this.every = false;
    this.scrolled = 0;
    this.height = 0;
    new StateController(this, ['data', 'selection', 'hover', 'passing']);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  protected override render(): TemplateResult {
    const { data, selection } = this.state;
    if (data === undefined || data.count === 0) {
      return html`<p class="nothing"><strong>There are no rows</strong></p>`;
    }
    if (this.state.passingCount === 0) {
      return html`<p class="nothing"><strong>No row passes the filters</strong></p>`;
    }
    const columns = this.#columnsFor(data);
    const points = this.#sort(data, columns);
    const shown = Math.min(points.length, MAX_ROWS);
    const { start, end } = visibleRows(this.scrolled, this.height, shown);
    return html`<div class="what subtle">
        <span>${describe(data, this.state, shown, this.every)}</span>
        ${selection.size === 0 ? nothing : this.#everyTemplate()}
      </div>
      <div class="scroller" part="rows" @scroll=${this.#onScroll}>
        <table
          role="grid"
          tabindex="0"
          aria-label="Rows"
          aria-rowcount=${shown + 1}
          aria-colcount=${columns.length}
          aria-activedescendant="row-${this.#current}"
          ${styled({ 'inline-size': `${columns.reduce((sum, column) => sum + widthOf(column), 0)}px` })}
          aria-multiselectable="true"
          @keydown=${this.#onKey}
          @pointerenter=${() => {
            this.#isPointerHere = true;
          }}
          @pointerleave=${() => {
            this.#isPointerHere = false;
            this.state.hover(undefined);
          }}
        >
          <colgroup>
            ${columns.map((column) => html`<col ${styled({ 'inline-size': `${widthOf(column)}px` })} />`)}
          </colgroup>
          <thead>
            <tr aria-rowindex="1">
              ${columns.map((column, i) => this.#headTemplate(column, i))}
            </tr>
          </thead>
          <tbody>
            ${gap(start, columns.length)}
            ${Array.from(points.subarray(start, end), (point, i) =>
              this.#rowTemplate(data, columns, point, start + i),
            )}
            ${gap(shown - end, columns.length)}
          </tbody>
        </table>
      </div>`;
  }

  protected override updated(): void {
    const scroller = this.#scroller;
    if (scroller !== null) this.#sizes.observe(scroller);
    this.#revealHovered();
  }

  /** Scrolls to the row of a point that is hovered on the map. */
  #revealHovered(): void {
    const { hovered } = this.state;
    if (hovered === this.#revealed) return;
    this.#revealed = hovered;
    if (hovered === undefined || this.#isPointerHere) return;
    const row = this.#sorted.indexOf(hovered);
    if (row >= 0 && row < MAX_ROWS) this.#reveal(row);
  }

  #everyTemplate(): TemplateResult {
    return html`<label>
      <input
        type="checkbox"
        .checked=${this.every}
        @change=${() => {
          this.every = !this.every;
        }}
      />
      List all
    </label>`;
  }

  get #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller');
  }

  #headTemplate({ title, isNumber }: RowColumn, column: number): TemplateResult {
    const { order } = this;
    const isSorted = order.column === column;
    return html`<th
      scope="col"
      class=${isNumber ? 'number' : nothing}
      aria-sort=${isSorted ? (order.descending ? 'descending' : 'ascending') : nothing}
    >
      <button
        type="button"
        title="Sort by ${title}"
        @click=${() => {
          this.#sortBy(column, title);
        }}
      >
        <span class="title">${title}</span>
        ${isSorted ? html`<span aria-hidden="true">${order.descending ? '↓' : '↑'}</span>` : nothing}
      </button>
    </th>`;
  }

  #rowTemplate(
    data: ClusteringData,
    columns: readonly RowColumn[],
    point: number,
    place: number,
  ): TemplateResult {
    const color = this.theme.clusters.at(data.labels[point]) ?? this.theme.muted;
    const swatch = html`<span class="swatch" ${styled({ background: cssColor(color) })}></span>`;
    const [head, ...cells] = columns;
    const isSelected = this.state.selection.has(point);
    return html`<tr
      id="row-${place}"
      aria-rowindex=${place + 2}
      aria-selected=${isSelected}
      class=${this.state.hovered === point ? 'hovered' : nothing}
      @pointerenter=${() => {
        this.state.hover(point);
      }}
      @click=${(event: MouseEvent) => {
        this.#current = place;
        if (event.ctrlKey || event.metaKey || event.shiftKey) this.#toggle(point);
        else this.#fly(point);
      }}
    >
      <th scope="row" class="number">
        <input
          type="checkbox"
          tabindex="-1"
          aria-label="Select row ${head.text(point)}"
          .checked=${isSelected}
          @click=${(event: Event) => {
            event.stopPropagation();
            this.#toggle(point);
          }}
        />${head.text(point)}
      </th>
      ${cells.map(({ text, isNumber }, i) => {
        const value = text(point);
        return html`<td class=${isNumber ? 'number' : nothing} title=${value}>
          ${i + 1 === CLUSTER_COLUMN ? swatch : nothing}${value}
        </td>`;
      })}
    </tr>`;
  }

  #columnsFor(data: ClusteringData): readonly RowColumn[] {
    if (data !== this.#columnsOf) {
      this.#columnsOf = data;
      this.#columns = rowColumns(data);
      if (this.order.column >= this.#columns.length) this.order = { column: 0, descending: false };
    }
    return this.#columns;
  }

  #sort(data: ClusteringData, columns: readonly RowColumn[]): Uint32Array {
    const { selection } = this.state;
    const listed = this.every || selection.size === 0 ? undefined : selection.points;
    const by = [data, listed, this.order, this.state.passing];
    if (by.some((part, i) => part !== this.#sortedBy[i])) {
      this.#sortedBy = by;
      this.#current = 0;
      const points = listed ?? this.#passing(data);
      const { column, descending } = this.order;
      const isAsGiven = column === 0 && !descending;
      this.#sorted = isAsGiven ? points : sortPoints(points, columns[column].makeKey(), descending);
    }
    return this.#sorted;
  }

  #passing({ count }: ClusteringData): Uint32Array {
    const all = Uint32Array.from({ length: count }, (_, point) => point);
    return this.state.passing === undefined ? all : all.filter((point) => this.state.passes(point));
  }

  #sortBy(column: number, title: string): void {
    const descending = this.order.column === column && !this.order.descending;
    this.order = { column, descending };
    this.#scroller?.scrollTo({ top: 0 });
    announce(this, `Sorted by ${title}, ${descending ? 'descending' : 'ascending'}.`);
  }

  /** Marks a point, and shows it from near on the map. */
  #fly(point: number): void {
    this.state.hover(point);
    this.state.flyTo([point]);
  }

  /** While only selected rows are listed, a row that is taken out would leave the list, so that all are listed then. */
  #toggle(point: number): void {
    const { selection } = this.state;
    this.every = true;
    this.state.select([point], selection.has(point) ? 'remove' : 'add');
  }

  readonly #onScroll = (): void => {
    this.scrolled = this.#scroller?.scrollTop ?? 0;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const rows = Math.min(this.#sorted.length, MAX_ROWS);
    const page = Math.max(1, Math.floor(this.height / ROW_HEIGHT) - 2);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.#current + 1,
      ArrowUp: this.#current - 1,
      PageDown: this.#current + page,
      PageUp: this.#current - page,
      Home: 0,
      End: rows - 1,
    };
    // The heads of columns are buttons of their own.
    if (event.target !== event.currentTarget) return;
    const point = this.#sorted[this.#current];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (event.key === 'Enter') this.#fly(point);
      else this.#toggle(point);
      return;
    }
    if (!Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    this.#current = Math.max(0, Math.min(rows - 1, moves[event.key]));
    this.#reveal(this.#current);
    this.state.hover(this.#sorted[this.#current]);
    this.requestUpdate();
  };

  /** Scrolls as far as needed to show a row below the head. */
  #reveal(row: number): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    const top = row * ROW_HEIGHT;
    const below = top + 2 * ROW_HEIGHT - scroller.clientHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (below > scroller.scrollTop) scroller.scrollTop = below;
  }
}

/** Room for rows that are not created. */
function gap(rows: number, columns: number): TemplateResult | typeof nothing {
  if (rows <= 0) return nothing;
  return html`<tr class="gap" aria-hidden="true">
    <td colspan=${columns} ${styled({ 'block-size': `${rows * ROW_HEIGHT}px` })}></td>
  </tr>`;
}

/** The same for all rows, so that columns do not jump while the reader scrolls. */
function widthOf({ title, isNumber }: RowColumn): number {
  if (title === 'Row') return 92;
  return isNumber ? Math.min(150, Math.max(84, 8 * title.length + 28)) : 138;
}

function describe(
  data: ClusteringData,
  { selection, passing, passingCount }: ViewerState,
  shown: number,
  every: boolean,
): string {
  const isAll = every || selection.size === 0;
  const all = isAll ? passingCount : selection.size;
  const left = columnsLeftOut(data);
  const which =
    passing === undefined ? `All ${countOf(all, 'row')}` : `${integer(all)} of ${countOf(data.count, 'row')}`;
  return [
    isAll
      ? `${which}.${selection.size === 0 ? ' Select points on the map to list only theirs.' : ` ${integer(selection.size)} selected.`}`
      : `${countOf(all, 'selected row')}.`,
    ...(all > shown ? [`The first ${shown.toLocaleString('en-US')} are listed.`] : []),
    ...(left > 0 ? [`${countOf(left, 'more column')} are in the CSV of a selection.`] : []),
  ].join(' ');
}

export { RowsView as View };
