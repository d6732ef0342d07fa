import { css, html, LitElement, nothing, svg, type PropertyDeclarations, type TemplateResult } from 'lit';
import { countOf } from '../interaction/describe.ts';
import { clusterName } from '../interaction/groups.ts';
import { rovingTarget } from '../interaction/roving.ts';
import type { Color } from '../render/scatter.ts';
import { StateController } from '../state/state-controller.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { cssColor } from '../theme/oklab.ts';
import { px } from '../tree/picture.ts';
import { percent } from '../views/shared/format.ts';
import { styled } from '../views/shared/styled.ts';
import { viewStyles } from '../views/shared/view.styles.ts';
import { placeFlows, type Flow, type FlowBlock, type Flows } from './flows.ts';
import { pointsOfFlow } from './join-runs.ts';
import { ResizeController } from '../views/shared/resize-controller.ts';

/** CSS pixels for the names at each side, of a block, and around all. */
const NAMES = { wide: 110, narrow: 64, from: 520 } as const;
const BLOCK = 14;
const MARGIN = 10;
/** CSS pixels of height for each cluster. */
const PER_CLUSTER = 26;

/** A cluster of one run, or a flow from one to the other. */
interface Part {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/**
 * What moved where: the clusters of two runs at both sides, and between them the rows that they share. A click or Enter selects
 * the rows.
 *
 * @element cluster-viewer-flows
 */
export class FlowView extends LitElement {
  static override readonly styles = [
    viewStyles,
    css`
      svg {
        display: block;
      }
      text {
        fill: var(--text);
        font-size: 12px;
        dominant-baseline: central;
        pointer-events: none;
      }
      [role='button'] {
        cursor: pointer;
        outline: none;
      }
      .flow {
        fill: var(--color);
        fill-opacity: 0.4;
        stroke: var(--color);
        stroke-opacity: 0.5;
        stroke-width: 0.5;
      }
      .block {
        fill: var(--color);
      }
      [role='button']:hover,
      [role='button']:focus-visible {
        fill-opacity: 0.8;
        stroke: var(--text);
        stroke-opacity: 1;
        stroke-width: 1.5;
      }
      [role='button']:focus-visible {
        stroke: var(--accent);
        stroke-width: 3;
      }
      p {
        margin: 0;
        padding: 4px 12px;
      }
    `,
  ];
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    colors: { attribute: false },
    width: { state: true },
    stop: { state: true },
  };

  /** The rows of both runs; see `joinRuns`. */
  declare state: ViewerState;
  /** Colors of the clusters of both runs. */
  declare colors: readonly [first: readonly Color[], second: readonly Color[]];
  declare private width: number;
  /** Place of the part in the tab order. */
  declare private stop: number;

  constructor() {
    super();
    this.width = 0;
    this.stop = 0;
    new StateController(this, ['data']);
    new ResizeController(this, ({ width }) => {
      this.width = Math.floor(width);
    });
  }

  protected override render(): TemplateResult {
    const { data } = this.state;
    if (data?.classes === undefined || this.width === 0) return html`${nothing}`;
    const most = Math.min(24, Math.max(data.clusters, data.classes.names.length));
    const height = Math.max(220, PER_CLUSTER * most);
    const flows = placeFlows(data, height);
    const parts: Part[] = [
      ...flows.first.map(({ group }) => ({ from: group })),
      ...flows.flows,
      ...flows.second.map(({ group }) => ({ to: group })),
    ];
    return html`<svg
        width=${this.width}
        height=${height + 2 * MARGIN}
        role="group"
        aria-label="What moved where"
        @focusin=${({ target }: FocusEvent) => {
          this.stop = Number((target as SVGElement).dataset['place'] ?? this.stop);
        }}
        @keydown=${(event: KeyboardEvent) => {
          this.#onKey(event, parts);
        }}
      >
        ${this.#parts(flows)}
      </svg>
      ${
        flows.omitted > 0
          ? html`<p class="subtle">
              The largest clusters are drawn; ${countOf(flows.omitted, 'row')} of others are not.
            </p>`
          : nothing
      }`;
  }

  #parts({ first, second, flows }: Flows) {
    const names = this.width < NAMES.from ? NAMES.narrow : NAMES.wide;
    const left = names;
    const right = this.width - names - BLOCK;
    const [before, after] = [first.length, first.length + flows.length];
    return svg`${first.map((block, i) => this.#block(block, { from: block.group }, i, left))}
      ${flows.map((flow, i) => this.#flow(flow, before + i, left + BLOCK, right))}
      ${second.map((block, i) => this.#block(block, { to: block.group }, after + i, right))}`;
  }

  #flow(flow: Flow, place: number, left: number, right: number) {
    const [top, end] = [flow.leaves + MARGIN, flow.enters + MARGIN];
    const bottom = Math.max(1, flow.height);
    const middle = px((left + right) / 2);
    const curve = (from: number, y: number, to: number, at: number): string =>
      `${px(from)} ${px(y)}C${middle} ${px(y)} ${middle} ${px(at)} ${px(to)} ${px(at)}`;
    const path = `M${curve(left, top, right, end)}L${curve(right, end + bottom, left, top + bottom)}Z`;
    return svg`<path class="flow" d=${path} role="button" tabindex=${place === this.stop ? 0 : -1}
      data-place=${place} aria-label=${this.#describe(flow, flow.count)}
      ${styled({ '--color': this.#color(0, flow.from) })}
      @click=${() => {
        this.#select(flow, place);
      }}><title>${this.#describe(flow, flow.count)}</title></path>`;
  }

  #block({ group, size, top, height }: FlowBlock, part: Part, place: number, x: number) {
    const isFirst = part.from !== undefined;
    const name = this.#name(part);
    // Where there is little room, the number says which cluster it is.
    const label = this.width < NAMES.from ? shortened(name.replace(/^Cluster /, ''), 8) : shortened(name, 15);
    return svg`<rect class="block" x=${px(x)} y=${px(top + MARGIN)} width=${BLOCK} height=${px(height)}
        role="button" tabindex=${place === this.stop ? 0 : -1} data-place=${place}
        aria-label=${this.#describe(part, size)} ${styled({ '--color': this.#color(isFirst ? 0 : 1, group) })}
        @click=${() => {
          this.#select(part, place);
        }}><title>${this.#describe(part, size)}</title></rect>
      <text aria-hidden="true" x=${px(isFirst ? x - 6 : x + BLOCK + 6)} y=${px(top + MARGIN + height / 2)}
        text-anchor=${isFirst ? 'end' : 'start'}>${label}</text>`;
  }

  #color(run: 0 | 1, group: number): string {
    const color = this.colors[run].at(group);
    return group < this.colors[run].length && color !== undefined ? cssColor(color) : 'var(--muted)';
  }

  #name({ from, to }: Part): string {
    const { data } = this.state;
    if (data === undefined) return '';
    if (from !== undefined) return data.classes?.names[from] ?? '';
    return to === undefined ? '' : (data.clusterNames?.[to] ?? clusterName(data, to));
  }

  #describe(part: Part, count: number): string {
    const { data } = this.state;
    const { from, to } = part;
    const rows = countOf(count, 'row');
    if (from === undefined || to === undefined) {
      return `${this.#name(part)} of the ${from === undefined ? 'second' : 'first'} run: ${rows}`;
    }
    const all = data?.classes?.labels.reduce((sum, label) => sum + (label === from ? 1 : 0), 0) ?? count;
    return `From ${this.#name({ from })} to ${this.#name({ to })}: ${rows}, ${percent(count / Math.max(1, all))} of the first`;
  }

  #select({ from, to }: Part, place: number): void {
    this.stop = place;
    const { data } = this.state;
    if (data !== undefined) this.state.select(pointsOfFlow(data, from, to));
  }

  #onKey(event: KeyboardEvent, parts: readonly Part[]): void {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#select(parts[this.stop], this.stop);
      return;
    }
    const target = rovingTarget(event.key, this.stop, parts.length, parts.length);
    if (target === undefined) return;
    event.preventDefault();
    this.stop = target;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<SVGElement>(`[data-place="${target}"]`)?.focus();
    });
  }
}

function shortened(name: string, most: number): string {
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}
