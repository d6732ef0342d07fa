import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { agreementTemplate } from '../compare/agreement.ts';
import { announce } from '../interaction/announce.ts';
import { countOf, integer } from '../interaction/describe.ts';
import { filterMask } from '../filters/filter-mask.ts';
import type { Filter } from '../state/filter.ts';
import type { RunComparison, Runs, ViewerRun } from '../state/runs.ts';
import { StateController } from '../state/state-controller.ts';
import { ViewerState } from '../state/viewer-state.ts';
import type { Theme } from '../theme/theme.ts';
import { View as ConfusionView, type MatrixWords } from './confusion-view.ts';
import { define } from './define.ts';
import { FitForm } from './runs/fit-form.ts';
import { runsStyles } from './runs/runs.styles.ts';
import { percent } from './shared/format.ts';
import { viewStyles } from './shared/view.styles.ts';

const WORDS: MatrixWords = {
  corner: 'Other \\ shown',
  label: 'Clusters of the other run in those of the shown run, matched',
  row: 'other',
  hint: 'Shade: share of the cluster of the other run. Bold: the cluster matched to it. Choose a cell to select its points.',
  hasScores: false,
};

/** Keeps only the points that moved. */
const MOVED: Filter = { by: 'moved', values: ['moved'] };

/**
 * The runs of the shown points, of which one is shown, and how it differs from another: scores, what moved, and the matrix of the
 * clusters of both.
 *
 * @element cluster-viewer-runs
 * @csspart runs All of it
 */
class RunsView extends LitElement {
  static override readonly styles = [viewStyles, runsStyles];
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    theme: { attribute: false },
    allowsFits: { attribute: false },
    renaming: { state: true },
  };

  declare state: ViewerState;
  declare theme: Theme;
  /** Whether the reader can cluster the points anew. */
  declare allowsFits: boolean;
  /** The run whose name is being written. */
  declare private renaming: number | undefined;
  /** What the matrix shows, and selects in. */
  readonly #joined = new ViewerState();

  constructor() {
    super();
    define('cluster-viewer-confusion', ConfusionView);
    define('cluster-viewer-fit-form', FitForm);
    this.allowsFits = false;
    new StateController(this, ['data', 'runs', 'comparison', 'passing', 'colors']);
    this.#joined.subscribe((change) => {
      if (change === 'selection') this.state.select(this.#joined.selection.points);
    });
  }

  protected override willUpdate(): void {
    const data = this.state.runs?.comparison?.data;
    if (data !== this.#joined.data) this.#joined.setData(data);
    if (this.state.passing !== this.#joined.passing) this.#joined.setFilters([], this.state.passing);
  }

  protected override render(): TemplateResult {
    const { runs } = this.state;
    if (runs === undefined) return html`${nothing}`;
    const { all, shown } = runs;
    return html`<div class="all" part="runs">
      ${this.allowsFits ? html`<cluster-viewer-fit-form .state=${this.state}></cluster-viewer-fit-form>` : nothing}
      <h3 id="title">Runs of these points</h3>
      <ul aria-labelledby="title">
        ${all.map((run) => this.#runTemplate(run, run.id === shown?.id, all.length > 1))}
      </ul>
      ${all.length < 2 || shown === undefined ? nothing : this.#comparisonTemplate(runs, shown)}
    </div>`;
  }

  #runTemplate(run: ViewerRun, isShown: boolean, canRemove: boolean): TemplateResult {
    const { id, name, data } = run;
    return html`<li class=${isShown ? 'shown' : nothing}>
      ${
        this.renaming === id
          ? this.#nameField(run)
          : html`<label
              @dblclick=${() => {
                this.#startNaming(id);
              }}
            >
              <input
                type="radio"
                name="run"
                .checked=${isShown}
                @change=${() => {
                  this.state.runs?.show(id);
                }}
                @keydown=${(event: KeyboardEvent) => {
                  if (event.key === 'F2') this.#startNaming(id);
                }}
              />
              <span><bdi>${name}</bdi></span>
            </label>`
      }
      <span class="subtle number">${countOf(data.clusters, 'cluster')}</span>
      <button
        type="button"
        class="icon"
        aria-label="Rename ${name}"
        title="Rename"
        @click=${() => {
          this.#startNaming(id);
        }}
      >
        ✎
      </button>
      ${
        canRemove
          ? html`<button
              type="button"
              class="icon"
              aria-label="Remove ${name}"
              title="Remove"
              @click=${() => {
                this.#remove(id);
              }}
            >
              ×
            </button>`
          : nothing
      }
    </li>`;
  }

  #nameField({ id, name }: ViewerRun): TemplateResult {
    return html`<input
      type="text"
      aria-label="Name of the run"
      .value=${name}
      maxlength="200"
      @keydown=${(event: KeyboardEvent) => {
        // Keys of the map, and of the page, are letters here.
        event.stopPropagation();
        if (event.key === 'Escape') void this.#endNaming(undefined);
        if (event.key === 'Enter') void this.#endNaming((event.target as HTMLInputElement).value);
      }}
      @blur=${(event: FocusEvent) => {
        if (this.renaming === id) void this.#endNaming((event.target as HTMLInputElement).value);
      }}
    />`;
  }

  #startNaming(id: number): void {
    this.renaming = id;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLInputElement>('input[type=text]')?.select();
    });
  }

  /** @param name undefined and an empty one leave the name as it was */
  async #endNaming(name: string | undefined): Promise<void> {
    const id = this.renaming;
    this.renaming = undefined;
    if (id === undefined) return;
    const hadFocus = this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement !== null;
    const text = name?.trim() ?? '';
    if (text !== '') this.state.runs?.rename(id, text);
    await this.updateComplete;
    const place = this.state.runs?.all.findIndex((run) => run.id === id) ?? -1;
    if (hadFocus)
      this.renderRoot.querySelectorAll<HTMLElement>('li [aria-label^="Rename"]').item(place).focus();
  }

  #remove(id: number): void {
    this.state.runs?.remove(id);
    // The button is gone, and the focus must not be lost with it.
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('li.shown input')?.focus();
    });
  }

  #comparisonTemplate(runs: Runs, shown: ViewerRun): TemplateResult {
    const { all, compared, comparison } = runs;
    return html`<label class="with">
        Compared with
        <select
          @change=${(event: Event) => {
            runs.compareWith(Number((event.target as HTMLSelectElement).value));
          }}
        >
          ${all
            .filter(({ id }) => id !== shown.id)
            .map(
              ({ id, name }) => html`<option value=${id} .selected=${id === compared?.id}>${name}</option>`,
            )}
        </select>
      </label>
      ${
        comparison === undefined
          ? html`<p class="subtle" role="status">
              There is no comparison: it is being made, or its table of clusters would be too large.
            </p>`
          : this.#differences(comparison)
      }`;
  }

  #differences({ data, moved: { codes } }: RunComparison): TemplateResult {
    const { classes, clusters } = data;
    if (classes === undefined) return html`${nothing}`;
    const count = codes.reduce((sum, each) => sum + each, 0);
    const isFiltered = this.state.filters.some(({ by }) => by === 'moved');
    const isColored = this.state.colorBy === 'moved';
    const share = `${integer(count)} (${percent(count / Math.max(1, codes.length))})`;
    return html`${agreementTemplate(classes, clusters, [
        ['Moved', 'Points that are not in the cluster which is matched to theirs', share],
      ])}
      <div class="buttons" role="group" aria-label="Points that moved">
        <button
          type="button"
          ?disabled=${count === 0}
          @click=${() => {
            this.state.select(Uint32Array.from(codes.keys()).filter((point) => codes[point] === 1));
          }}
        >
          Select what moved
        </button>
        <button
          type="button"
          aria-pressed=${isFiltered}
          ?disabled=${count === 0 && !isFiltered}
          @click=${() => {
            this.#filter(!isFiltered);
          }}
        >
          Only what moved
        </button>
        <button
          type="button"
          aria-pressed=${isColored}
          @click=${() => {
            this.state.wishFor({ colorBy: isColored ? 'cluster' : 'moved' });
            announce(this, isColored ? 'Colors show clusters.' : 'Colors show what moved.');
          }}
        >
          Color what moved
        </button>
      </div>
      <cluster-viewer-confusion
        exportparts="matrix"
        .state=${this.#joined}
        .theme=${this.theme}
        .words=${WORDS}
      ></cluster-viewer-confusion>`;
  }

  #filter(isOn: boolean): void {
    const { data, filters } = this.state;
    if (data === undefined) return;
    const others = filters.filter(({ by }) => by !== 'moved');
    const next = isOn ? [...others, MOVED] : others;
    this.state.setFilters(next, filterMask(next, data));
  }
}

export { RunsView as View };
