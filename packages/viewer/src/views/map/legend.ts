import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ClusteringData } from '../../data/types.ts';
import { announce } from '../../interaction/announce.ts';
import { countOf, integer } from '../../interaction/describe.ts';
import { countLabels } from '../../interaction/groups.ts';
import { namedColumns } from '../../interaction/named-columns.ts';
import { rovingTarget } from '../../interaction/roving.ts';
import { StateController } from '../../state/state-controller.ts';
import type { ColorBy, Group, Grouping } from '../../state/grouping.ts';
import type { ViewerState } from '../../state/viewer-state.ts';
import type { Theme } from '../../theme/theme.ts';
import { controls } from './controls.styles.ts';
import { paletteOf } from './marks.ts';
import { css as cssColor } from './shapes.ts';
import { styled } from '../shared/styled.ts';

/** The most groups in the list; the filter finds others. */
const MOST_LISTED = 300;
/** From this number of groups on there is a filter. */
const FILTER_FROM = 12;
/** Buttons of each group. */
const COLUMNS = 2;

/**
 * The meaning of the colors. A click grays a group's points, which stay in place.
 *
 * @element cluster-viewer-legend
 */
export class Legend extends LitElement {
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    theme: { attribute: false },
    named: { attribute: false },
    isOpen: { state: true },
    filter: { state: true },
    current: { state: true },
  };

  static override readonly styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 4px;
        min-height: 0;
        max-height: 100%;
        overflow-y: auto;
      }
      header {
        display: flex;
        align-items: center;
        gap: 4px;
        min-height: 30px;
      }
      h2 {
        font-size: inherit;
        font-weight: 600;
        margin: 0;
        flex: 1;
        min-width: 0;
        display: flex;
        align-items: center;
        gap: 2px 6px;
        padding-inline-start: 6px;
      }
      label {
        color: var(--subtle);
        font-weight: 400;
        white-space: nowrap;
      }
      select {
        flex: 1;
        min-width: 0;
        max-width: 100%;
        text-overflow: ellipsis;
      }
      header button {
        padding: 2px 6px;
        color: var(--accent);
      }
      header .fold {
        min-width: 28px;
        min-height: 28px;
        color: var(--subtle);
      }
      .list {
        overflow-y: auto;
        min-height: 0;
        flex: 1;
        padding: 2px;
        margin: -2px;
        scrollbar-width: thin;
      }
      .row {
        display: flex;
        align-items: center;
      }
      .toggle {
        display: flex;
        align-items: center;
        gap: 8px;
        flex: 1;
        min-width: 0;
        padding: 3px 6px;
        text-align: start;
      }
      .swatch {
        flex: none;
        width: 12px;
        height: 12px;
        border-radius: 50%;
        border: 1px solid color-mix(in srgb, var(--text) 25%, transparent);
        box-sizing: border-box;
      }
      .name {
        flex: 1;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
        overflow-wrap: anywhere;
      }
      .size {
        color: var(--subtle);
        font-variant-numeric: tabular-nums;
      }
      [aria-pressed='false'] .name {
        color: var(--subtle);
        text-decoration: line-through;
      }
      [aria-pressed='false'] .swatch {
        background: none !important;
        border-color: var(--subtle);
      }
      .only {
        padding: 3px 6px;
        color: var(--accent);
        opacity: 0;
      }
      .row:hover .only,
      .row:focus-within .only {
        opacity: 1;
      }
      @media (hover: none) {
        .only {
          opacity: 1;
        }
      }
      p {
        margin: 4px 6px;
        color: var(--subtle);
      }
    `,
  ];

  declare state: ViewerState;
  declare theme: Theme;
  /** Whether cards beside the map name the clusters and have their colors. */
  declare named: boolean;
  /** Whether the reader opened or closed the list; undefined before. */
  declare private isOpen: boolean | undefined;
  declare private filter: string;
  declare private current: number;

  constructor() {
    super();
    this.named = false;
    this.filter = '';
    this.current = 0;
    new StateController(this, ['data', 'mute', 'passing', 'colors']);
  }

  protected override render(): TemplateResult {
    const { data, grouping, muted } = this.state;
    if (data === undefined || grouping === undefined) return html``;
    const isOpen = this.isOpen ?? !(this.named && this.state.colorBy === 'cluster');
    return html`
      <header>
        ${this.#heading(data)}
        <button
          type="button"
          class="all"
          aria-label="Show all in color"
          ?hidden=${muted.size === 0}
          @click=${() => {
            this.#mute([], `All are shown in color${this.#exception().replace(' it is', ' they are')}.`);
          }}
        >
          All
        </button>
        <button
          type="button"
          class="fold"
          aria-label="Legend"
          title=${isOpen ? 'Hide the legend' : 'Show the legend'}
          aria-expanded=${isOpen}
          @click=${() => {
            this.isOpen = !isOpen;
          }}
        >
          ${isOpen ? '▴' : '▾'}
        </button>
      </header>
      ${isOpen ? this.#body(grouping) : nothing}
    `;
  }

  #body({ groups, labels, colors, without, lacking, scale }: Grouping): TemplateResult {
    const { passing, data } = this.state;
    const passed = passing && countLabels(labels, data?.count ?? 0, colors, passing);
    const lack = passed?.[colors] ?? without;
    const palette = paletteOf(this.theme, groups.length);
    const wanted = this.filter.trim().toLowerCase();
    const found = wanted === '' ? groups : groups.filter(({ name }) => name.toLowerCase().includes(wanted));
    const listed = found.slice(0, MOST_LISTED);
    return html`${
      groups.length < FILTER_FROM
        ? nothing
        : html`<input
            type="search"
            placeholder="Filter the list"
            aria-label="Filter the legend"
            .value=${this.filter}
            @input=${(event: InputEvent) => {
              this.filter = (event.target as HTMLInputElement).value;
            }}
          />`
    }
    ${
      scale === undefined
        ? html`<div
            class="list"
            role="toolbar"
            aria-orientation="vertical"
            aria-label="Legend"
            @keydown=${this.#onKey}
          >
            ${listed.map((group, i) =>
              this.#row(
                passed ? { ...group, size: passed[group.group] } : group,
                cssColor(palette[group.group]),
                i,
                listed.length,
              ),
            )}
          </div>`
        : html`<cluster-viewer-scale .scale=${scale} .colors=${this.theme.palette}></cluster-viewer-scale>`
    }
    ${
      found.length > listed.length
        ? html`<p>${integer(found.length - listed.length)} more: filter the list to see them.</p>`
        : nothing
    }
    ${found.length === 0 && groups.length > 0 ? html`<p>No match.</p>` : nothing}
    ${lack > 0 ? html`<p>${countOf(lack, 'point')} without a ${lacking} in gray</p>` : nothing}`;
  }

  #heading(data: ClusteringData): TemplateResult {
    const { classes } = data;
    const columns = namedColumns(data);
    if (classes === undefined && columns.length === 0) return html`<h2>Clusters</h2>`;
    const { colorBy } = this.state;
    const option = (value: ColorBy, text: string): TemplateResult =>
      html`<option value=${value} ?selected=${value === colorBy}>${text}</option>`;
    return html`<h2>
      <label for="color-by">Color by</label>
      <select
        id="color-by"
        @change=${(event: Event) => {
          this.state.wishFor({ colorBy: (event.target as HTMLSelectElement).value as ColorBy });
        }}
      >
        ${option('cluster', 'Clusters')} ${classes === undefined ? nothing : option('class', 'Classes')}
        ${
          columns.length === 0
            ? nothing
            : html`<optgroup label="Columns">${columns.map(({ id, title }) => option(id, title))}</optgroup>`
        }
      </select>
    </h2>`;
  }

  #row({ group, name, size }: Group, color: string, index: number, rows: number): TemplateResult {
    const current = Math.min(this.current, rows * COLUMNS - 1);
    const isShown = !this.state.muted.has(group);
    const tabIndex = (column: number) => (index * COLUMNS + column === current ? 0 : -1);
    const focus = (column: number) => () => {
      this.current = index * COLUMNS + column;
    };
    return html`<div class="row">
      <button
        type="button"
        class="toggle"
        data-group=${group}
        tabindex=${tabIndex(0)}
        aria-pressed=${isShown}
        title=${name}
        @focus=${focus(0)}
        @click=${() => {
          this.#toggle(group, name);
        }}
      >
        <span class="swatch" ${styled({ background: color })}></span><span class="name">${name}</span>
        <span class="size">${integer(size)}</span>
      </button>
      <button
        type="button"
        class="only"
        tabindex=${tabIndex(1)}
        aria-label="Only ${name}"
        @focus=${focus(1)}
        @click=${() => {
          this.#only(group, name);
        }}
      >
        Only
      </button>
    </div>`;
  }

  #toggle(group: number, name: string): void {
    const muted = new Set(this.state.muted);
    if (muted.delete(group)) this.#mute(muted, `${name} is in color${this.#exception()}.`);
    else this.#mute(muted.add(group), `${name} is grayed.`);
  }

  /** Where a selection or a chosen cluster grays the others, too. */
  #exception(): string {
    const { selection, cluster } = this.state;
    if (selection.size > 0) return ' where it is selected';
    return cluster === undefined ? '' : ' where it is in the chosen cluster';
  }

  /** A selection or a chosen cluster would gray the group as well. */
  #only(group: number, name: string): void {
    this.state.select([]);
    this.state.lookAt(undefined);
    const others = this.state.grouping?.groups.filter((each) => each.group !== group) ?? [];
    this.#mute(
      others.map((each) => each.group),
      `Only ${name} is in color.`,
    );
  }

  #mute(groups: Iterable<number>, message: string): void {
    this.state.mute(groups);
    announce(this, message);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const buttons = this.renderRoot.querySelectorAll<HTMLButtonElement>('.list button');
    const target = rovingTarget(event.key, this.current, buttons.length, COLUMNS);
    if (target === undefined) return;
    event.preventDefault();
    buttons[target].focus();
  };
}
