import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { countOf } from '../interaction/describe.ts';
import type { Color } from '../render/scatter.ts';
import type { ValueScale } from '../state/grouping.ts';
import { cssColor } from '../theme/oklab.ts';
import { numberTicks } from './ticks.ts';
import { styled } from '../views/shared/styled.ts';

/** Characters of a tick that has room on a narrow map; of longer ones, some are left out. */
const SHORT = 6;
/** Colors of the bar; more would not be seen. */
const STOPS = 24;

/**
 * The scale of colors by numbers or dates: a bar from the least value to the greatest, with round values beside it.
 *
 * @element cluster-viewer-scale
 */
export class ScaleLegend extends LitElement {
  static override readonly properties: PropertyDeclarations = {
    scale: { attribute: false },
    colors: { attribute: false },
  };

  static override readonly styles = css`
    :host {
      display: block;
      color: var(--text);
      font: 12px / 1.3 var(--font);
      font-variant-numeric: tabular-nums;
    }
    .scale {
      position: relative;
      block-size: 220px;
      margin: 10px 6px;
    }
    .bar {
      inline-size: 16px;
      block-size: 100%;
      border: 1px solid color-mix(in srgb, var(--text) 25%, transparent);
      border-radius: 3px;
      box-sizing: border-box;
      background: linear-gradient(var(--way), var(--colors)) border-box;
      --way: to top;
      forced-color-adjust: none;
    }
    .tick {
      position: absolute;
      inset-inline-start: 16px;
      inset-block-end: var(--place);
      display: flex;
      align-items: center;
      gap: 5px;
      white-space: nowrap;
      transform: translateY(50%);
    }
    .tick::before {
      content: '';
      inline-size: 5px;
      border-block-start: 1px solid var(--subtle);
    }
    p {
      margin: 4px 6px;
      color: var(--subtle);
    }
    /* The width of the map: the legend is then below it, and low. */
    @container (max-width: 560px) {
      .scale {
        block-size: 36px;
        margin: 6px 18px;
      }
      .bar {
        inline-size: 100%;
        block-size: 14px;
        --way: to right;
      }
      .tick {
        inset-inline-start: var(--place);
        inset-block: 14px auto;
        flex-direction: column;
        gap: 1px;
        transform: translateX(-50%);
      }
      .tick::before {
        inline-size: 0;
        block-size: 4px;
        border-inline-start: 1px solid var(--subtle);
      }
      .tick.minor {
        display: none;
      }
    }
  `;

  declare scale: ValueScale;
  /** The colors from the least value to the greatest. */
  declare colors: readonly Color[];

  protected override render(): TemplateResult {
    const { low, high, ticks, below, above, column } = this.scale;
    const place = (value: number): number => (high > low ? (100 * (value - low)) / (high - low) : 50);
    const words = ticks.map(({ text }) => text);
    const every = Math.ceil(Math.max(...words.map(({ length }) => length)) / SHORT);
    return html`<div
        class="scale"
        role="img"
        aria-label="Scale of colors from ${words[0]} to ${words[words.length - 1]}"
      >
        <div class="bar" ${styled({ '--colors': this.#stops() })}></div>
        ${ticks.map(
          ({ value, text }, i) =>
            html`<span
              class="tick ${i % every === 0 ? '' : 'minor'}"
              ${styled({ '--place': `${place(value)}%` })}
              >${text}</span
            >`,
        )}
      </div>
      ${above > 0 ? html`<p>${outside(above, 'above', high, column.type)}</p>` : nothing}
      ${below > 0 ? html`<p>${outside(below, 'below', low, column.type)}</p>` : nothing}`;
  }

  #stops(): string {
    const { colors } = this;
    const stops = Array.from({ length: STOPS }, (_, i) =>
      cssColor(colors[Math.round((i * (colors.length - 1)) / (STOPS - 1))]),
    );
    return stops.join(', ');
  }
}

/** "3 points above 8,000 have its color." */
function outside(count: number, side: 'above' | 'below', end: number, type: string): string {
  const [tick] = numberTicks(end, end);
  const limit = type === 'date' ? 'the scale' : tick.text;
  return `${countOf(count, 'point')} ${side} ${limit} ${count === 1 ? 'has' : 'have'} the color of the end.`;
}
