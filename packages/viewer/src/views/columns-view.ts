import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ClusteringData } from '../data/types.ts';
import { announce } from '../interaction/announce.ts';
import { clusterTitle } from '../interaction/groups.ts';
import { clusterFacts, type ColumnFact } from '../profile/column-facts.ts';
import { factSentence, factValue } from '../profile/fact-text.ts';
import { StateController } from '../state/state-controller.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { contrast, cssColor, mix } from '../theme/oklab.ts';
import type { Theme } from '../theme/theme.ts';
import { columnsStyles } from './columns/columns.styles.ts';
import { orderClusters, orderColumns, type ColumnOrder } from './columns/order.ts';
import { styled } from './shared/styled.ts';
import { tablePanelStyles } from './shared/table-panel.styles.ts';
import { viewStyles } from './shared/view.styles.ts';

/** The most clusters and columns of the table. */
const MAX_CLUSTERS = 200;
const MAX_COLUMNS = 60;
/** The difference, in standard deviations, that has the full color. */
const FULL = 2;

/**
 * The columns of the table in each cluster: means, or the share of a text, shaded by how far they are from those of all others.
 * The head of a column sorts the clusters by it and colors the map by it; the head of a row chooses its cluster.
 *
 * @element cluster-viewer-columns
 * @csspart columns The table
 */
class ColumnsView extends LitElement {
  static override readonly styles = [viewStyles, tablePanelStyles, columnsStyles];
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    theme: { attribute: false },
    order: { state: true },
  };

  declare state: ViewerState;
  declare theme: Theme;
  declare private order: ColumnOrder | undefined;

  constructor() {
    super();
    new StateController(this, ['data', 'cluster', 'passing']);
  }

  protected override render(): TemplateResult {
    const { data } = this.state;
    const facts = data === undefined ? [] : clusterFacts(data, this.state.passing);
    if (data === undefined || facts.length === 0 || data.clusters === 0) {
      return html`<p class="nothing">
        <strong>There are no columns to compare</strong>
        They are those of a table that was clustered, or the values of points that the page gives.
      </p>`;
    }
    const columns = orderColumns(facts).slice(0, MAX_COLUMNS);
    const clusters = orderClusters(columns, data.clusters, this.order).slice(0, MAX_CLUSTERS);
    return html`<p class="what subtle">
        Mean, or share of a text: ${this.#legend('lower')}, ${this.#legend('higher')} than all others.
        ${data.count < data.total || this.state.passing ? 'Of the points that are shown.' : nothing}
      </p>
      <div class="scroller" part="columns" tabindex="0" role="group" aria-label="Columns by cluster">
        <table>
          <thead>
            <tr>
              <th scope="col">${this.#sortButton(undefined, 'Cluster')}</th>
              ${columns.map(([{ title }], i) => html`<th scope="col" aria-sort=${this.#sorted(title)}>${this.#sortButton(i, title)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${clusters.map((cluster) => this.#row(data, columns, cluster))}
          </tbody>
        </table>
      </div>`;
  }

  #sorted(title: string): 'ascending' | 'descending' | 'none' {
    if (this.order?.title !== title) return 'none';
    return this.order.descending ? 'descending' : 'ascending';
  }

  #sortButton(column: number | undefined, title: string): TemplateResult {
    return html`<button
      type="button"
      title=${column === undefined ? 'In the order of their numbers' : `Sort and color by ${title}`}
      @click=${() => {
        this.#sortBy(column === undefined ? undefined : title);
      }}
    >
      <span>${title}</span
      >${this.order?.title === title && column !== undefined ? (this.order.descending ? '↓' : '↑') : nothing}
    </button>`;
  }

  #sortBy(title: string | undefined): void {
    if (title === undefined) {
      this.order = undefined;
      return;
    }
    const descending = this.order?.title === title ? !this.order.descending : true;
    this.order = { title, descending };
    if (this.state.data?.columns !== undefined) this.state.wishFor({ colorBy: `column:${title}` });
    announce(this, `Clusters are sorted by ${title}, ${descending ? 'greatest' : 'least'} first.`);
  }

  #row(data: ClusteringData, columns: readonly (readonly ColumnFact[])[], cluster: number): TemplateResult {
    const isCurrent = this.state.cluster === cluster;
    const color = cssColor(this.theme.clusters.at(cluster) ?? this.theme.muted);
    return html`<tr class=${isCurrent ? 'current' : nothing}>
      <th scope="row">
        <button
          type="button"
          aria-pressed=${isCurrent}
          @click=${() => {
            this.state.lookAt(isCurrent ? undefined : cluster);
          }}
        >
          <i class="swatch" ${styled({ background: color })}></i><bdi>${clusterTitle(data, cluster)}</bdi>
        </button>
      </th>
      ${columns.map((column) => this.#cell(column[cluster]))}
    </tr>`;
  }

  #cell(fact: ColumnFact): TemplateResult {
    const { background, text } = this.theme;
    const fill = mix(background, this.#end(fact.effect), Math.min(1, Math.abs(fact.effect) / FULL));
    const ink =
      contrast(fill, text) >= 4.5
        ? text
        : contrast(fill, [0, 0, 0]) > contrast(fill, [255, 255, 255])
          ? ([0, 0, 0] as const)
          : ([255, 255, 255] as const);
    const level = fact.level === undefined ? nothing : html`<small>${fact.level}</small>`;
    return html`<td
      title=${factSentence(fact)}
      ${styled({ background: cssColor(fill), color: cssColor(ink) })}
    >
      ${factValue(fact, fact.own)} ${level}
    </td>`;
  }

  #legend(word: 'lower' | 'higher'): TemplateResult {
    const color = cssColor(this.#end(word === 'higher' ? 1 : -1));
    return html`<i class="swatch" ${styled({ background: color })}></i> ${word}`;
  }

  /** Orange for higher and blue for lower, which everybody can tell apart. */
  #end(effect: number): readonly [number, number, number] {
    if (this.theme.dark) return effect > 0 ? [214, 116, 26] : [42, 118, 200];
    return effect > 0 ? [238, 140, 60] : [98, 160, 224];
  }
}

export { ColumnsView as View };
