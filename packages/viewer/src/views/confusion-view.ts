import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ClusteringData } from '../data/types.ts';
import { countOf, integer } from '../interaction/describe.ts';
import { passingData } from '../interaction/passing-data.ts';
import { StateController } from '../state/state-controller.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { cssColor } from '../theme/oklab.ts';
import type { Theme } from '../theme/theme.ts';
import { confusionStyles } from './confusion/confusion.styles.ts';
import { heatOf, heatScale, type Heat } from './confusion/heat.ts';
import { confusionTable, pointsOfCell, type ConfusionTable } from './confusion/table.ts';
import { percent } from './shared/format.ts';
import { pointStrip, pointStripStyles } from './shared/point-strip.ts';
import { viewStyles } from './shared/view.styles.ts';
import { styled } from './shared/styled.ts';

/** The most cells that are created at a time. */
const CELLS = 8192;
/** Points of a cell that are shown under the matrix. */
const SHOWN = 60;

/** A cell by its place in the whole table, not in the shown part. */
interface Cell {
  readonly row: number;
  readonly column: number;
}

/** What rows and columns are called; other views compare two runs instead of classes and clusters. */
export interface MatrixWords {
  readonly corner: string;
  readonly label: string;
  /** "class", as in "12% of the class". */
  readonly row: string;
  readonly hint: string;
  readonly hasScores: boolean;
}

const WORDS: MatrixWords = {
  corner: 'Class \\ cluster',
  label: 'Classes in clusters, matched',
  row: 'class',
  hint: 'Shade: share of the class. Bold: the cluster matched to it. Choose a cell to select its points.',
  hasScores: true,
};

/**
 * How clusters match classes: a heat map whose columns are the clusters, with matched clusters on the diagonal. A click, or
 * arrows and Enter, choose a cell and select its points.
 *
 * @element cluster-viewer-confusion
 * @csspart matrix The table
 */
class ConfusionView extends LitElement {
  static override readonly styles = [viewStyles, pointStripStyles, confusionStyles];
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    theme: { attribute: false },
    stop: { state: true },
    chosen: { state: true },
    page: { state: true },
    words: { attribute: false },
  };

  declare state: ViewerState;
  declare theme: Theme;
  declare words: MatrixWords;
  /** The cell in the tab order. */
  declare private stop: Cell;
  declare private chosen: Cell | undefined;
  declare private page: number;
  #data: ClusteringData | undefined;
  #passing: Uint8Array | undefined;
  #table: ConfusionTable | undefined;
  #heat: readonly Heat[] = [];
  #heatOf: Theme | undefined;

  constructor() {
    super();
    this.stop = { row: 0, column: 0 };
    this.page = 0;
    this.words = WORDS;
    new StateController(this, ['data', 'cluster', 'passing']);
  }

  protected override willUpdate(): void {
    const { data, passing } = this.state;
    if (data !== this.#data || passing !== this.#passing) {
      // A running fit changes the counts, so the points of the chosen cell would be out of date.
      this.#data = data;
      this.#passing = passing;
      const counted = data && passingData(data, passing);
      const isEmpty = counted?.classes?.counts.every((count) => count === 0) ?? true;
      this.#table = isEmpty ? undefined : counted?.classes && confusionTable(counted, counted.classes);
      this.chosen = undefined;
      const { row, column } = this.stop;
      if (row >= (this.#table?.classes.length ?? 0) || column >= (this.#table?.columns.length ?? 0)) {
        this.stop = { row: 0, column: 0 };
        this.page = 0;
      }
    }
    if (this.theme !== this.#heatOf) {
      this.#heatOf = this.theme;
      this.#heat = heatScale(this.theme);
    }
  }

  protected override render(): TemplateResult {
    const { data } = this.state;
    const table = this.#table;
    if (data === undefined) return html`${nothing}`;
    if (data.classes === undefined) return this.#withoutClasses();
    if (table === undefined || table.columns.length === 0 || table.classes.length === 0) {
      return html`<p class="nothing">
        <strong>Nothing to compare</strong>No point has both a class and a cluster.
      </p>`;
    }
    const start = this.page * this.#columnsPerPage(table);
    const columns = table.columns.slice(start, start + this.#columnsPerPage(table));
    return html`${this.words.hasScores ? this.#scores(table) : nothing}
      ${table.omitted === undefined ? nothing : html`<p class="subtle">${table.omitted}</p>`}
      ${this.#pages(table)}
      <div class="scroller">
        <table
          role="grid"
          part="matrix"
          aria-label=${this.words.label}
          aria-rowcount=${table.classes.length + 1}
          aria-colcount=${table.columns.length + 1}
          @keydown=${(event: KeyboardEvent) => {
            this.#onKey(event, table);
          }}
        >
          <thead>
            <tr aria-rowindex="1">
              <th scope="col">${this.words.corner}</th>
              ${columns.map((cluster, i) => this.#columnHeader(cluster, start + i))}
            </tr>
          </thead>
          <tbody>
            ${table.classes.map(
              (name, row) =>
                html`<tr aria-rowindex=${row + 2}>
                  <th scope="row" title=${name}><bdi>${name}</bdi></th>
                  ${columns.map((cluster, i) => this.#cellTemplate(table, { row, column: start + i }, cluster))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${
        this.chosen === undefined
          ? html`<p class="hint subtle">${this.words.hint}</p>`
          : this.#chosenTemplate(data, table, this.chosen)
      }`;
  }

  #scores({ scores }: ConfusionTable): TemplateResult {
    return html`<dl class="scores">
      ${scores.map(
        ({ name, title, value }) =>
          html`<div title=${title}>
            <dt>${name}</dt>
            <dd>${name === 'Accuracy' ? percent(value) : value.toFixed(3)}</dd>
          </div>`,
      )}
    </dl>`;
  }

  #withoutClasses(): TemplateResult {
    return html`<div class="nothing">
      <strong>There are no classes to compare with</strong>
      Where the true class of each point is known, give it:
      <code>viewer.classes = { labels, names }</code> from code, or a column of classes to
      <code>shoal fit --label-column</code>. Classes are never used to cluster.
    </div>`;
  }

  #pages(table: ConfusionTable): TemplateResult | typeof nothing {
    const size = this.#columnsPerPage(table);
    const count = Math.ceil(table.columns.length / size);
    if (count === 1) return nothing;
    const go = (page: number): void => {
      this.page = page;
      this.stop = { row: this.stop.row, column: page * size };
    };
    return html`<div class="pages">
      <button
        type="button"
        ?disabled=${this.page === 0}
        @click=${() => {
          go(this.page - 1);
        }}
      >
        Previous
      </button>
      <span class="number"
        >Columns ${integer(this.page * size + 1)} to
        ${integer(Math.min(table.columns.length, (this.page + 1) * size))} of
        ${integer(table.columns.length)}</span
      >
      <button
        type="button"
        ?disabled=${this.page === count - 1}
        @click=${() => {
          go(this.page + 1);
        }}
      >
        Next
      </button>
    </div>`;
  }

  #columnHeader(cluster: number | undefined, column: number): TemplateResult {
    if (cluster === undefined) return html`<th scope="col" aria-colindex=${column + 2}>none</th>`;
    const color = this.theme.clusters.at(cluster) ?? this.theme.muted;
    return html`<th
      scope="col"
      aria-colindex=${column + 2}
      class=${cluster === this.state.cluster ? 'looked' : ''}
      aria-label="Cluster ${cluster}"
    >
      <span class="swatch" ${styled({ background: cssColor(color) })}></span>${cluster}
    </th>`;
  }

  #cellTemplate(table: ConfusionTable, cell: Cell, cluster: number | undefined): TemplateResult {
    const { row, column } = cell;
    const count = table.counts[row][column];
    const share = count / Math.max(1, table.totals[row]);
    const { fill, ink } = heatOf(this.#heat, share);
    const isStop = row === this.stop.row && column === this.stop.column;
    const isChosen = row === this.chosen?.row && column === this.chosen.column;
    return html`<td
      aria-colindex=${column + 2}
      class="${row === column && cluster !== undefined ? 'matched' : ''} ${count === 0 ? 'none' : ''}"
      tabindex=${isStop ? 0 : -1}
      aria-selected=${isChosen}
      data-cell="${row},${column}"
      ${styled(count === 0 ? {} : { '--fill': fill, '--ink': ink })}
      title="${table.classes[row]}, ${cluster === undefined ? 'no cluster' : `cluster ${cluster}`}: ${integer(
        count,
      )}, ${percent(share)} of the ${this.words.row}"
      @click=${() => {
        this.#choose(cell);
      }}
      @focus=${() => {
        this.stop = cell;
      }}
    >
      ${integer(count)}
    </td>`;
  }

  #chosenTemplate(data: ClusteringData, table: ConfusionTable, { row, column }: Cell): TemplateResult {
    const cluster = table.columns[column];
    const points = cluster === undefined ? [] : pointsOfCell(data, table.numbers[row], cluster);
    const count = table.counts[row][column];
    const shown = Math.min(points.length, SHOWN);
    return html`<section class="cell" role="group" aria-label="Points of the chosen cell">
      <h3>
        <bdi>${table.classes[row]}</bdi> in ${cluster === undefined ? 'no cluster' : `cluster ${cluster}`}
      </h3>
      <p class="subtle">
        ${countOf(count, 'row')}${points.length < count ? `, ${integer(points.length)} of them on the map` : nothing}
        ${shown < points.length ? `; the first ${shown} are shown` : nothing}
      </p>
      ${
        shown === 0
          ? nothing
          : pointStrip({
              state: this.state,
              points: points.slice(0, SHOWN),
              columns: 12,
              stop: true,
              label: `Points of class ${table.classes[row]} in cluster ${String(cluster)}`,
            })
      }
    </section>`;
  }

  #choose(cell: Cell): void {
    const { data } = this.state;
    const table = this.#table;
    const cluster = table?.columns[cell.column];
    this.stop = cell;
    this.chosen = cell;
    if (data === undefined || table === undefined || cluster === undefined) return;
    this.state.select(pointsOfCell(data, table.numbers[cell.row], cluster));
  }

  #columnsPerPage({ classes }: ConfusionTable): number {
    return Math.max(8, Math.floor(CELLS / classes.length));
  }

  #onKey(event: KeyboardEvent, table: ConfusionTable): void {
    const { row, column } = this.stop;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#choose(this.stop);
      return;
    }
    const last = { row: table.classes.length - 1, column: table.columns.length - 1 };
    const moves: Readonly<Record<string, Cell>> = {
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      Home: event.ctrlKey ? { row: 0, column: 0 } : { row, column: 0 },
      End: event.ctrlKey ? last : { row, column: last.column },
      PageUp: { row: 0, column },
      PageDown: { row: last.row, column },
    };
    if (!Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    const to = moves[event.key];
    if (to.row < 0 || to.column < 0 || to.row > last.row || to.column > last.column) return;
    this.stop = to;
    this.page = Math.floor(to.column / this.#columnsPerPage(table));
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(`[data-cell="${to.row},${to.column}"]`)?.focus();
    });
  }
}

export { ConfusionView as View };
