import { RECIPE_SCALINGS, type RecipeScaling } from '@shoal/tables';
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ClusteringData } from '../../data/types.ts';
import { fittable, type Fittable } from '../../runs/fit-source.ts';
import type { RunFitSettings } from '../../runs/fit-task.ts';
import { FIT_METHODS } from '../../runs/methods.ts';
import { startFit } from '../../runs/start-fit.ts';
import { StateController } from '../../state/state-controller.ts';
import type { ViewerState } from '../../state/viewer-state.ts';
import { viewStyles } from '../shared/view.styles.ts';
import { workStyles, workTemplate } from '../shared/work.ts';
import { fitFormStyles } from './fit-form.styles.ts';

const SCALINGS: Readonly<Record<RecipeScaling, string>> = {
  auto: 'Automatic',
  none: 'None',
  standardize: 'Standardize',
  robust: 'By quartiles',
  'min-max': '0 to 1',
};

/** The number of clusters where those that are shown suggest none. */
const CLUSTERS = 5;
const MIN_CLUSTER_SIZE = 10;

/**
 * A form in which a reader chooses a method, its settings and columns, and clusters the points anew; the result is a run of its
 * own.
 *
 * @element cluster-viewer-fit-form
 */
export class FitForm extends LitElement {
  static override readonly styles = [viewStyles, workStyles, fitFormStyles];
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    settings: { state: true },
  };

  declare state: ViewerState;
  declare private settings: RunFitSettings | undefined;
  #found: Fittable | undefined;
  /** The columns that the settings are for. */
  #columns: unknown;
  #isCancelFocused = false;

  constructor() {
    super();
    new StateController(this, ['data', 'runs']);
  }

  /** Settings stay while runs of the same points come and go. */
  protected override willUpdate(): void {
    this.#isCancelFocused = Boolean(this.shadowRoot?.activeElement?.closest('.work'));
    const { data } = this.state;
    const columns = data?.columns ?? data?.points ?? data?.images;
    if (columns === this.#columns && this.settings !== undefined) return;
    this.#columns = columns;
    this.#found = data && fittable(data);
    this.settings = data && this.#found && firstSettings(data, this.#found);
  }

  /** The focus must not be lost with the button that cancels. */
  protected override updated(): void {
    if (this.#isCancelFocused && this.shadowRoot?.activeElement === null)
      this.renderRoot.querySelector<HTMLElement>('.go')?.focus();
  }

  protected override render(): TemplateResult {
    const { settings } = this;
    const found = this.#found;
    if (settings === undefined || found === undefined) {
      return html`<p class="subtle">
        These points cannot be clustered here: the viewer has only their places on the map. Give it the
        points, or the columns of their table.
      </p>`;
    }
    const work = this.state.runs?.work;
    return html`<form aria-labelledby="title" @submit=${this.#onSubmit}>
      <h3 id="title">Cluster anew</h3>
      <div class="fields">
        ${this.#methodTemplate(settings)}
        ${found.columns.length === 0 ? nothing : this.#scalingTemplate(settings)}
        ${this.#numberTemplate(settings)}
        ${this.#field('Seed', settings.seed, { min: 0, max: 2 ** 32 - 1 }, (seed) => ({ seed }))}
      </div>
      ${found.columns.length === 0 ? nothing : this.#columnsTemplate(found, settings)}
      ${work?.error === undefined ? nothing : html`<p class="failure" role="alert">${work.error.message}</p>`}
      ${work?.cancel === undefined ? nothing : workTemplate(work)}
      <button
        class="go"
        aria-disabled=${work?.cancel !== undefined}
        ?disabled=${found.columns.length > 0 && settings.exclude.length === found.columns.length}
      >
        Cluster
      </button>
    </form>`;
  }

  #methodTemplate({ method: chosen }: RunFitSettings): TemplateResult {
    return html`<label class="field"
      ><span>Method</span>
      <select
        @change=${(event: Event) => {
          this.#change({ method: (event.target as HTMLSelectElement).value });
        }}
      >
        ${FIT_METHODS.map(({ method, title }) => html`<option value=${method} ?selected=${method === chosen}>${title}</option>`)}
      </select></label
    >`;
  }

  #numberTemplate({ method: chosen, clusters, minClusterSize }: RunFitSettings): TemplateResult {
    const most = this.state.data?.count ?? 1;
    if (FIT_METHODS.find(({ method }) => method === chosen)?.takesClusters !== true) {
      return this.#field('Least size of a cluster', minClusterSize, { min: 2, max: most }, (size) => ({
        minClusterSize: size,
      }));
    }
    const isAuto = clusters === 'auto';
    return html`<div class="number">
      ${this.#field('Clusters', isAuto ? undefined : clusters, { min: 1, max: most }, (number) => ({ clusters: number }))}
      <label class="check">
        <input
          type="checkbox"
          .checked=${isAuto}
          @change=${() => {
            this.#change({ clusters: isAuto ? this.#shownClusters() : 'auto' });
          }}
        />
        Choose the number
      </label>
    </div>`;
  }

  #shownClusters(): number {
    const { clusters = 0 } = this.state.data ?? {};
    return clusters > 1 ? clusters : CLUSTERS;
  }

  #scalingTemplate({ scaling: chosen }: RunFitSettings): TemplateResult {
    return html`<label class="field"
      ><span>Scaling</span>
      <select
        @change=${(event: Event) => {
          this.#change({ scaling: (event.target as HTMLSelectElement).value as RecipeScaling });
        }}
      >
        ${RECIPE_SCALINGS.map((scaling) => html`<option value=${scaling} ?selected=${scaling === chosen}>${SCALINGS[scaling]}</option>`)}
      </select></label
    >`;
  }

  /** @param value undefined while something else chooses it */
  #field(
    name: string,
    value: number | undefined,
    { min, max }: { readonly min: number; readonly max: number },
    change: (value: number) => Partial<RunFitSettings>,
  ): TemplateResult {
    return html`<label class="field"
      ><span>${name}</span>
      <input
        type="number"
        required
        min=${min}
        max=${max}
        ?disabled=${value === undefined}
        placeholder=${value === undefined ? 'Automatic' : nothing}
        .value=${value === undefined ? '' : String(value)}
        @keydown=${stopKey}
        @change=${({ target }: Event) => {
          const field = target as HTMLInputElement;
          if (field.reportValidity()) this.#change(change(field.valueAsNumber));
        }}
    /></label>`;
  }

  #columnsTemplate({ columns }: Fittable, { exclude }: RunFitSettings): TemplateResult {
    const all = [...columns.keys()];
    return html`<details>
      <summary>Columns: ${columns.length - exclude.length} of ${columns.length}</summary>
      <div class="columns" role="group" aria-label="Columns to cluster by">
        ${columns.map(
          (title, column) =>
            html`<label class="check">
              <input
                type="checkbox"
                .checked=${!exclude.includes(column)}
                @change=${() => {
                  const others = exclude.filter((each) => each !== column);
                  this.#change({
                    exclude:
                      others.length < exclude.length ? others : [...exclude, column].sort((a, b) => a - b),
                  });
                }}
              />
              <bdi>${title}</bdi>
            </label>`,
        )}
      </div>
      <div class="all">
        <button
          type="button"
          @click=${() => {
            this.#change({ exclude: [] });
          }}
        >
          All
        </button>
        <button
          type="button"
          @click=${() => {
            this.#change({ exclude: all });
          }}
        >
          None
        </button>
      </div>
    </details>`;
  }

  #change(settings: Partial<RunFitSettings>): void {
    if (this.settings !== undefined) this.settings = { ...this.settings, ...settings };
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { runs } = this.state;
    const isRunning = runs?.work?.cancel !== undefined;
    if (runs !== undefined && this.settings !== undefined && !isRunning) startFit(runs, this.settings);
  };
}

/** Arrows and letters are of the field here, not of the map. */
function stopKey(event: KeyboardEvent): void {
  event.stopPropagation();
}

function firstSettings({ clusters, columns }: ClusteringData, { exclude }: Fittable): RunFitSettings {
  return {
    method: 'kmeans',
    clusters: clusters > 1 ? clusters : CLUSTERS,
    minClusterSize: MIN_CLUSTER_SIZE,
    // Points that a page gives are scaled already, if they need it.
    scaling: columns === undefined ? 'none' : 'auto',
    exclude,
    seed: 0,
  };
}
