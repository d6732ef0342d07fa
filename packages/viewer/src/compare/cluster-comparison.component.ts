import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { ClusterViewer, type ThemeName } from '../cluster-viewer.component.ts';
import { tokens } from '../cluster-viewer.styles.ts';
import type { ClusteringData } from '../data/types.ts';
import { countOf } from '../interaction/describe.ts';
import { rowOf } from '../interaction/rows.ts';
import { Announcer } from '../shell/announcer.ts';
import { choice } from '../shell/choice.ts';
import { tabsTemplate } from '../shell/tabs.ts';
import { ViewerState } from '../state/viewer-state.ts';
import { groupColors } from '../theme/group-colors.ts';
import type { PaletteName } from '../theme/palettes.ts';
import { ThemeController } from '../theme/theme-controller.ts';
import type { Theme } from '../theme/theme.ts';
import { View as ConfusionView, type MatrixWords } from '../views/confusion-view.ts';
import { define } from '../views/define.ts';
import { hiddenStyles } from '../views/shared/hidden.styles.ts';
import { panelStyles } from '../shell/panel.styles.ts';
import { agreementTemplate } from './agreement.ts';
import { comparisonStyles } from './comparison.styles.ts';
import { FlowView } from './flow-view.ts';
import { joinRuns } from './join-runs.ts';
import { linkViewers, pointsOf } from './link-viewers.ts';

const VIEWS = [
  { name: 'flows', label: 'What moved' },
  { name: 'matrix', label: 'Matrix' },
] as const;

type ComparisonViewName = (typeof VIEWS)[number]['name'];

const WORDS: MatrixWords = {
  corner: 'First \\ second',
  label: 'Clusters of the first run in those of the second, matched',
  row: 'first',
  hint: 'Shade: share of the cluster of the first run. Bold: the cluster matched to it. Choose a cell to select its rows.',
  hasScores: false,
};

/**
 * Two runs of the same rows side by side: what is selected in one is selected in the other, and below them is what moved where,
 * the matrix of their clusters, and how far they agree.
 *
 * @element cluster-comparison
 *
 * @attr {string} first - Address of a run folder
 * @attr {string} second - Address of another run folder of the same rows
 * @attr {'auto'|'light'|'dark'} theme - Light or dark
 * @attr {'default'|'colorblind'} palette - Colors of the clusters
 * @attr {'flows'|'matrix'} view - The view below the maps
 *
 * @csspart comparison - The frame around everything
 * @csspart agreement - The line of scores
 *
 * @cssprop [--cluster-comparison-height=100vh] - Height of the element where the runs are side by side
 */
export class ClusterComparison extends LitElement {
  static override readonly styles = [tokens, panelStyles, comparisonStyles, hiddenStyles];
  static override readonly properties: PropertyDeclarations = {
    first: { type: String, reflect: true },
    second: { type: String, reflect: true },
    theme: choice(['auto', 'light', 'dark']),
    palette: choice(['default', 'colorblind']),
    view: choice(VIEWS.map(({ name }) => name)),
    failure: { state: true },
  };

  /** Address of a run folder. */
  declare first: string | undefined;
  /** Address of another run folder of the same rows. */
  declare second: string | undefined;
  declare theme: ThemeName;
  declare palette: PaletteName;
  /** The view below the maps. */
  declare view: ComparisonViewName;
  declare private failure: string | undefined;
  readonly #state = new ViewerState();
  readonly #themes = new ThemeController(this);
  readonly #announcer = new Announcer(this);
  /** The data of both viewers that are compared now. */
  #compared: readonly (ClusteringData | undefined)[] = [];
  #unlink: (() => void) | undefined;

  constructor() {
    super();
    define('cluster-viewer', ClusterViewer);
    define('cluster-viewer-flows', FlowView);
    define('cluster-viewer-confusion', ConfusionView);
    this.theme = 'auto';
    this.palette = 'default';
    this.view = 'flows';
    this.#state.subscribe((change) => {
      if (change === 'selection') this.#selectRows();
      if (change === 'data') this.requestUpdate();
    });
  }

  /** The two viewers, once the element has been drawn: for data from code, set their properties. */
  get viewers(): readonly ClusterViewer[] {
    return [...this.renderRoot.querySelectorAll('cluster-viewer')];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unlink?.();
    this.#unlink = undefined;
  }

  protected override updated(): void {
    const [one, other] = this.viewers;
    this.#unlink ??= linkViewers(one, other);
    this.#compare();
  }

  /** Compares what the viewers show, when it has changed. */
  #compare(): void {
    const shown = this.viewers.map(({ data }) => data);
    if (shown.every((data, i) => data === this.#compared[i])) return;
    this.#compared = shown;
    const [first, second] = shown;
    this.failure = undefined;
    if (first === undefined || second === undefined) {
      this.#state.setData(undefined);
      return;
    }
    try {
      const { data } = joinRuns(first, second);
      this.#state.setData(data);
      this.#announcer.say(`${countOf(data.count, 'row')} of two runs are compared.`);
    } catch (error) {
      this.#state.setData(undefined);
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  #selectRows(): void {
    const { data, selection } = this.#state;
    if (data === undefined) return;
    const rows = selection.points.map((point) => rowOf(data, point));
    const [one] = this.viewers;
    const points = pointsOf(one, rows);
    if (points !== undefined) one.selection = points;
  }

  protected override render(): TemplateResult {
    const theme = this.#themes.themeOf(this.#state, this.palette);
    return html`${this.#themes.probe()}
      <div
        class="viewer comparison"
        part="comparison"
        role="group"
        aria-label="Two runs"
        @announce=${this.#announcer.onAnnounce}
      >
        ${[this.first, this.second].map((src, i) => this.#viewer(src, i === 0 ? 'First run' : 'Second run'))}
        <section class="between" aria-label="Comparison">
          ${this.#agreement()}
          ${tabsTemplate(VIEWS, this.view, (view) => {
            this.view = view;
          })}
          <div class="panel" role="tabpanel" id="panel" aria-labelledby="tab-${this.view}" tabindex="0">
            ${theme === undefined || this.#state.data === undefined ? nothing : this.#panel(theme)}
          </div>
        </section>
      </div>
      ${this.#announcer.region()}`;
  }

  #viewer(src: string | undefined, name: string): TemplateResult {
    return html`<section class="run" aria-label=${name}>
      <cluster-viewer
        src=${src ?? nothing}
        side="closed"
        theme=${this.theme}
        palette=${this.palette}
        @data-change=${() => {
          this.#compare();
        }}
      ></cluster-viewer>
    </section>`;
  }

  #agreement(): TemplateResult {
    const { data } = this.#state;
    if (this.failure !== undefined) return html`<p class="failure" role="alert">${this.failure}</p>`;
    if (data?.classes === undefined) return html`<p class="subtle" role="status">Waiting for two runs</p>`;
    const rows = ['Rows', 'Number of rows that are compared', data.count.toLocaleString('en-US')] as const;
    return html`${agreementTemplate(data.classes, data.clusters, [rows])}
    ${data.notes.map((note) => html`<p class="subtle note">${note}</p>`)}`;
  }

  #panel(theme: Theme): TemplateResult {
    if (this.view === 'matrix') {
      return html`<cluster-viewer-confusion
        .state=${this.#state}
        .theme=${theme}
        .words=${WORDS}
      ></cluster-viewer-confusion>`;
    }
    const colors = this.#compared.map((data) =>
      data === undefined ? [] : groupColors(data, this.palette, theme.background).clusters,
    );
    return html`<cluster-viewer-flows .state=${this.#state} .colors=${colors}></cluster-viewer-flows>`;
  }
}
