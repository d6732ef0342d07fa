import { css, html, nothing, type TemplateResult } from 'lit';
import { describePoint } from '../../interaction/describe.ts';
import { rovingTarget } from '../../interaction/roving.ts';
import { rowOf } from '../../interaction/rows.ts';
import type { ViewerState } from '../../state/viewer-state.ts';
import { drawPictures, pictureOf } from './pictures.ts';
import { styled } from './styled.ts';

export interface PointStripOptions {
  readonly state: ViewerState;
  readonly points: readonly number[];
  /** A label for all the points, for screen readers. */
  readonly label: string;
  /** Pictures in a row. */
  readonly columns: number;
  /** Whether the strip is in the tab order. */
  readonly stop: boolean;
}

/**
 * Points as small pictures, or as row numbers where they have no pictures. Hovering over one also marks it on the map, a
 * click selects it, and arrows move among them.
 */
export function pointStrip({ state, points, label, columns, stop }: PointStripOptions): TemplateResult {
  const { data } = state;
  if (data === undefined) return html`${nothing}`;
  const pictures = points.map((point) => pictureOf(data.images, point));
  const pictured = data.images !== undefined && pictures.some((picture) => picture !== undefined);
  const across = pictured ? columns : points.length;
  const { width, height } = data.images ?? { width: 1, height: 1 };
  return html`<div
    class="strip ${pictured ? 'pictured' : 'numbered'}"
    role="group"
    aria-label=${label}
    ${styled({ '--columns': String(columns), '--ratio': String(width / height) })}
    @keydown=${(event: KeyboardEvent) => {
      moveFocus(event, across);
    }}
    @pointerleave=${() => {
      state.hover(undefined);
    }}
  >
    ${
      pictured
        ? html`<canvas
            aria-hidden="true"
            ${styled({ 'inline-size': `${(100 * Math.min(columns, points.length)) / columns}%` })}
            ${drawPictures({ width, height, columns, pictures })}
          ></canvas>`
        : nothing
    }
    ${points.map(
      (point, i) =>
        html`<button
          type="button"
          class="point"
          tabindex=${stop && i === 0 ? 0 : -1}
          aria-label=${describePoint(data, point)}
          title=${describePoint(data, point)}
          @pointerenter=${() => {
            state.hover(point);
          }}
          @focus=${() => {
            state.hover(point);
          }}
          @blur=${() => {
            state.hover(undefined);
          }}
          @click=${(event: MouseEvent) => {
            state.select([point], event.shiftKey || event.ctrlKey || event.metaKey ? 'add' : 'replace');
          }}
        >
          ${pictured && pictures[i] !== undefined ? nothing : rowOf(data, point)}
        </button>`,
    )}
  </div>`;
}

function moveFocus(event: KeyboardEvent, columns: number): void {
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
  const current = buttons.indexOf(event.target as HTMLButtonElement);
  // In a single row, the surrounding element handles up and down.
  if (columns >= buttons.length && /^Arrow(Up|Down)$/.test(event.key)) return;
  const target = rovingTarget(event.key, current, buttons.length, columns);
  if (target === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  buttons[target].focus();
}

export const pointStripStyles = css`
  .strip {
    display: grid;
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    position: relative;
    border-radius: 3px;
  }
  .strip canvas {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    image-rendering: pixelated;
    border-radius: 3px;
  }
  .strip.numbered {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .strip .point {
    min-height: 0;
    min-width: 0;
    overflow: hidden;
    font-size: 11px;
    font-variant-numeric: tabular-nums;
  }
  .strip.pictured .point {
    position: relative;
    aspect-ratio: var(--ratio);
    padding: 0;
    border: 0;
    border-radius: 2px;
    background: none;
  }
  .strip.numbered .point {
    padding: 1px 6px;
    min-height: 24px;
    background: var(--surface);
  }
  .strip.pictured .point:hover,
  .strip.pictured .point:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 0;
    z-index: 1;
  }
`;
