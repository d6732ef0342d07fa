import {
  html,
  LitElement,
  svg,
  type PropertyDeclarations,
  type SVGTemplateResult,
  type TemplateResult,
} from 'lit';
import { styled } from '../shared/styled.ts';
import { histogramStyles } from './histogram.styles.ts';

/** A range of bins, from the first to before the last; all of them where nothing is filtered. */
export interface BinRange {
  readonly start: number;
  readonly end: number;
}

const HEIGHT = 44;
/** Bins that Page Up and Page Down move a handle. */
const PAGE = 5;

/**
 * A histogram to choose a range of: drag across it, drag its handles, or move these by arrows; a double click takes the range
 * away.
 *
 * @element cluster-viewer-histogram
 * @fires {CustomEvent<BinRange>} range - the reader chose another range
 */
export class HistogramElement extends LitElement {
  static override readonly styles = histogramStyles;
  static override readonly properties: PropertyDeclarations = {
    label: { attribute: false },
    all: { attribute: false },
    passing: { attribute: false },
    range: { attribute: false },
    edgeText: { attribute: false },
  };

  declare label: string;
  /** Number of points in each bin. */
  declare all: Uint32Array;
  /** Number of points in each bin that pass all other filters. */
  declare passing: Uint32Array;
  declare range: BinRange;
  /** The value at an end of the range, for people. */
  declare edgeText: (edge: number, which: 'least' | 'greatest') => string;
  /** The edge that stays while the other is dragged. */
  #anchor: number | undefined;

  protected override render(): TemplateResult {
    const { start, end } = this.range;
    const bins = this.all.length;
    const percent = (edge: number): string => `${(100 * edge) / bins}%`;
    return html`<div
      class="plot"
      @pointerdown=${this.#onDown}
      @pointermove=${this.#onMove}
      @pointerup=${this.#onUp}
      @pointercancel=${this.#onUp}
      @dblclick=${() => {
        this.#choose(0, bins);
      }}
    >
      <svg viewBox="0 0 ${bins} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
        ${this.#bars(this.all, 'all')} ${this.#bars(this.passing, 'passing')}
      </svg>
      <span class="outside" ${styled({ 'inline-size': percent(start) })}></span>
      <span class="outside end" ${styled({ 'inline-size': percent(bins - end) })}></span>
      ${this.#handle('least', start, 0, end - 1)} ${this.#handle('greatest', end, start + 1, bins)}
    </div>`;
  }

  #bars(counts: Uint32Array, name: string): SVGTemplateResult {
    const most = this.all.reduce((a, b) => Math.max(a, b), 1);
    let path = `M0 ${HEIGHT}`;
    counts.forEach((count, bin) => {
      // A few points among many are still to be seen.
      const height = count === 0 ? 0 : Math.max(1, (HEIGHT * count) / most);
      path += `V${(HEIGHT - height).toFixed(2)}H${bin + 1}`;
    });
    return svg`<path class=${name} d="${path}V${HEIGHT}Z" />`;
  }

  #handle(which: 'least' | 'greatest', edge: number, min: number, max: number): TemplateResult {
    return html`<span
      class="handle"
      role="slider"
      tabindex="0"
      data-which=${which}
      aria-label="${this.label}, ${which} value"
      aria-valuemin=${min}
      aria-valuemax=${max}
      aria-valuenow=${edge}
      aria-valuetext=${this.edgeText(edge, which)}
      ${styled({ 'inset-inline-start': `${(100 * edge) / this.all.length}%` })}
      @keydown=${(event: KeyboardEvent) => {
        this.#onKey(event, which);
      }}
    ></span>`;
  }

  #onKey(event: KeyboardEvent, which: 'least' | 'greatest'): void {
    // Not as drawn: a second key may come before the first one is.
    const { start, end } = this.range;
    const isLeast = which === 'least';
    const edge = isLeast ? start : end;
    const [min, max] = isLeast ? [0, end - 1] : [start + 1, this.all.length];
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: edge - 1,
      ArrowDown: edge - 1,
      ArrowRight: edge + 1,
      ArrowUp: edge + 1,
      PageDown: edge - PAGE,
      PageUp: edge + PAGE,
      Home: min,
      End: max,
    };
    if (!Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    const moved = Math.max(min, Math.min(max, moves[event.key]));
    if (isLeast) this.#choose(moved, end);
    else this.#choose(start, moved);
  }

  #choose(start: number, end: number): void {
    if (start === this.range.start && end === this.range.end) return;
    this.range = { start, end };
    this.dispatchEvent(new CustomEvent<BinRange>('range', { detail: { start, end } }));
  }

  /** The place of a pointer in bins, from 0 to their number. */
  #binAt({ clientX, currentTarget }: PointerEvent): number {
    const { left, width } = (currentTarget as HTMLElement).getBoundingClientRect();
    const bins = this.all.length;
    return Math.max(0, Math.min(bins, ((clientX - left) / width) * bins));
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    const { which } = (event.target as HTMLElement).dataset;
    const { start, end } = this.range;
    this.#anchor = which === 'least' ? end : which === 'greatest' ? start : Math.floor(this.#binAt(event));
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (this.#anchor === undefined) return;
    const at = this.#binAt(event);
    if (at >= this.#anchor) this.#choose(this.#anchor, Math.max(this.#anchor + 1, Math.round(at)));
    else this.#choose(Math.min(this.#anchor - 1, Math.round(at)), this.#anchor);
  };

  readonly #onUp = (): void => {
    this.#anchor = undefined;
  };
}
