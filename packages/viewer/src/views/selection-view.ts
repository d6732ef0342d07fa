import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ClusteringData } from '../data/types.ts';
import { announce } from '../interaction/announce.ts';
import { countOf, integer } from '../interaction/describe.ts';
import { clusterName } from '../interaction/groups.ts';
import { columnFacts, largestFacts } from '../profile/column-facts.ts';
import { factBars } from '../profile/fact-bars.ts';
import { selectNeighbors } from '../space/select-neighbors.ts';
import { StateController } from '../state/state-controller.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { cssColor } from '../theme/oklab.ts';
import type { Theme } from '../theme/theme.ts';
import { countParts, type Part } from './selection/count-parts.ts';
import { factBarStyles } from './shared/fact-bar.styles.ts';
import { percent } from './shared/format.ts';
import { pointStrip, pointStripStyles } from './shared/point-strip.ts';
import { styled } from './shared/styled.ts';
import { viewStyles } from './shared/view.styles.ts';

/** The most clusters, classes, columns and examples that are listed. */
const MAX_PARTS = 12;
const MAX_FACTS = 10;
const EXAMPLES = 24;
/** Examples in a row. */
const ACROSS = 8;

/**
 * What is selected: of which clusters and classes it is, the columns that set it apart from all other points, and examples.
 *
 * @element cluster-viewer-selection
 * @csspart selection All of it
 */
class SelectionView extends LitElement {
  static override readonly styles = [
    viewStyles,
    pointStripStyles,
    factBarStyles,
    css`
      .all {
        padding: 10px 12px;
        --color: var(--accent);
      }
      .neighbors {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        align-items: center;
        margin-block-start: 12px;
      }
      .neighbors input {
        inline-size: 76px;
        min-height: 28px;
        padding: 2px 8px;
        border: 1px solid var(--border);
        border-radius: var(--radius);
        background: var(--background);
      }
      h3 {
        margin: 14px 0 4px;
        font-size: 13px;
        font-weight: 600;
      }
      h3:first-child {
        margin-block-start: 0;
        font-size: 15px;
      }
      ul.parts {
        margin: 0;
        padding: 0;
        list-style: none;
        display: grid;
        gap: 4px;
      }
      .parts li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        column-gap: 8px;
      }
      .parts bdi {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .bar {
        grid-column: 1 / -1;
        background: var(--border);
        border-radius: 3px;
        overflow: hidden;
        forced-color-adjust: none;
      }
      .bar i {
        display: block;
        block-size: 5px;
        min-inline-size: 1px;
      }
      p {
        margin: 4px 0;
      }
    `,
  ];
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    theme: { attribute: false },
  };

  declare state: ViewerState;
  declare theme: Theme;

  constructor() {
    super();
    new StateController(this, ['data', 'selection', 'passing']);
  }

  protected override render(): TemplateResult {
    const { data, selection } = this.state;
    if (data === undefined || selection.size === 0) {
      return html`<p class="nothing">
        <strong>Nothing is selected</strong>
        Draw a box or a lasso on the map, or choose Select on a card. What is in the selection, and what sets
        it apart, is then here.
      </p>`;
    }
    const { clusters, classes } = this.theme;
    const parts = countParts(selection.points, data.labels, data.clusters);
    const ofClasses =
      data.classes && countParts(selection.points, data.classes.labels, data.classes.names.length);
    return html`<div class="all" part="selection">
      <h3>
        ${countOf(selection.size, 'point')}, ${percent(selection.size / this.state.passingCount)} of those
        shown
      </h3>
      <h3>Clusters</h3>
      ${this.#partList(parts, selection.size, (cluster) => [clusterName(data, cluster), clusters.at(cluster)])}
      ${
        ofClasses === undefined
          ? nothing
          : html`<h3>Classes</h3>
              ${this.#partList(ofClasses, selection.size, (number) => [
                data.classes?.names.at(number) ?? 'No class',
                classes.at(number),
              ])}`
      }
      ${selection.size === 1 ? this.#neighborsTemplate(selection.points[0]) : nothing}
      ${this.#factsTemplate(data)}
      <h3>Examples</h3>
      ${pointStrip({
        state: this.state,
        points: Array.from(selection.points.subarray(0, EXAMPLES)),
        columns: ACROSS,
        stop: true,
        label: 'Examples of the selection',
      })}
    </div>`;
  }

  #partList(
    parts: readonly Part[],
    all: number,
    describe: (label: number) => readonly [name: string, color: Theme['text'] | undefined],
  ): TemplateResult {
    const rest = parts.length - MAX_PARTS;
    return html`<ul class="parts">
        ${parts.slice(0, MAX_PARTS).map(({ label, count }) => {
          const [name, color] = describe(label);
          return html`<li>
            <bdi>${name}</bdi>
            <span class="number">${integer(count)} <span class="subtle">${percent(count / all)}</span></span>
            <span class="bar" aria-hidden="true"
              ><i
                ${styled({ 'inline-size': `${(100 * count) / all}%`, background: cssColor(color ?? this.theme.muted) })}
              ></i
            ></span>
          </li>`;
        })}
      </ul>
      ${rest > 0 ? html`<p class="subtle">and ${rest} more</p>` : nothing}`;
  }

  /** One point is rarely what a reader wants: those like it are one step away. */
  #neighborsTemplate(point: number): TemplateResult {
    return html`<form
      class="neighbors"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const input = (event.currentTarget as HTMLFormElement).querySelector('input');
        announce(this, selectNeighbors(this.state, point, input?.valueAsNumber ?? NaN).message);
      }}
    >
      <label
        >Its nearest neighbors: <input type="number" min="1" max="10000" step="1" value="10" required
      /></label>
      <button>Select</button>
    </form>`;
  }

  #factsTemplate(data: ClusteringData): TemplateResult | typeof nothing {
    const { points, size } = this.state.selection;
    if (size === this.state.passingCount) return nothing;
    const labels = new Uint8Array(data.count).fill(1);
    for (const point of points) labels[point] = 0;
    const facts = largestFacts(columnFacts(data, { labels, groups: 1, passing: this.state.passing }), 0);
    if (facts.length === 0) return nothing;
    return html`<h3>What sets it apart</h3>
      <p class="subtle">The selection, and below it all other points.</p>
      ${factBars(facts.slice(0, MAX_FACTS))}`;
  }
}

export { SelectionView as View };
