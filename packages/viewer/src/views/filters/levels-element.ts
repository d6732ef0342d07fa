import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { integer } from '../../interaction/describe.ts';
import { searchBoxStyles } from '../shared/search-box.styles.ts';
import { styled } from '../shared/styled.ts';
import { viewStyles } from '../shared/view.styles.ts';
import type { Level } from './levels.ts';
import { levelsStyles } from './levels.styles.ts';

/** Values that are listed at first, and that "more" adds. */
const PAGE = 12;
const MORE = 100;

/** A value of the list. */
export interface CountedLevel extends Level {
  /** Number of points that have it, and of those that pass all other filters. */
  readonly all: number;
  readonly passing: number;
  readonly color?: string | undefined;
}

/**
 * A list of values to tick. While none is ticked, all are shown.
 *
 * @element cluster-viewer-levels
 * @fires {CustomEvent<readonly (string | number | null)[]>} values - the reader ticked others
 */
export class LevelsElement extends LitElement {
  static override readonly styles = [viewStyles, searchBoxStyles, levelsStyles];
  static override readonly properties: PropertyDeclarations = {
    label: { attribute: false },
    levels: { attribute: false },
    values: { attribute: false },
    shown: { state: true },
    query: { state: true },
  };

  declare label: string;
  /** In the order of the list. */
  declare levels: readonly CountedLevel[];
  /** The ticked ones. */
  declare values: readonly (string | number | null)[];
  declare private shown: number;
  declare private query: string;

  constructor() {
    super();
    this.shown = PAGE;
    this.query = '';
  }

  protected override render(): TemplateResult {
    const wanted = this.query.trim().toLowerCase();
    const ticked = new Set(this.values);
    const found = this.levels.filter(
      ({ text, value }) => ticked.has(value) || wanted === '' || text.toLowerCase().includes(wanted),
    );
    const most = this.levels.reduce((max, { all }) => Math.max(max, all), 1);
    const listed = [
      ...found.filter(({ value }) => ticked.has(value)),
      ...found.filter(({ value }) => !ticked.has(value)),
    ].slice(0, Math.max(this.shown, ticked.size));
    // In the order of the list, so that ticking moves nothing that is in view.
    const isListed = new Set(listed);
    const inOrder = found.filter((level) => isListed.has(level));
    return html`${
        this.levels.length <= PAGE
          ? nothing
          : html`<input
              type="search"
              placeholder="Search these values"
              aria-label="Search the values of ${this.label}"
              .value=${this.query}
              @input=${(event: InputEvent) => {
                this.query = (event.target as HTMLInputElement).value;
              }}
            />`
      }
      <ul aria-label=${this.label}>
        ${inOrder.map((level) => this.#levelTemplate(level, ticked.has(level.value), most))}
      </ul>
      ${found.length === 0 ? html`<p class="subtle">No match.</p>` : nothing}
      ${
        found.length <= listed.length
          ? nothing
          : html`<button
              type="button"
              class="more"
              @click=${() => {
                this.shown += MORE;
              }}
            >
              Show more of ${integer(found.length - listed.length)} others
            </button>`
      }`;
  }

  #levelTemplate(
    { text, value, all, passing, color }: CountedLevel,
    isTicked: boolean,
    most: number,
  ): TemplateResult {
    return html`<li>
      <label>
        <input
          type="checkbox"
          .checked=${isTicked}
          @change=${() => {
            this.#toggle(value);
          }}
        />
        ${color === undefined ? nothing : html`<span class="swatch" ${styled({ background: color })}></span>`}
        <bdi>${text}</bdi>
        <span class="number subtle">${integer(passing)}</span>
        <span class="bar" aria-hidden="true"
          ><i ${styled({ 'inline-size': `${(100 * all) / most}%` })}></i
          ><i class="passing" ${styled({ 'inline-size': `${(100 * passing) / most}%` })}></i
        ></span>
      </label>
    </li>`;
  }

  #toggle(value: string | number | null): void {
    const values = this.values.includes(value)
      ? this.values.filter((each) => each !== value)
      : [...this.values, value];
    this.dispatchEvent(new CustomEvent('values', { detail: values }));
  }
}
