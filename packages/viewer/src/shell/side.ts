import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { iconTemplate } from '../views/map/icons.ts';

/** Limits of the width of the side, in CSS pixels. */
const WIDTH = { min: 220, max: 900 } as const;
/** CSS pixels that an arrow key moves its edge. */
const STEP = 24;

/** An element with a side beside its map. */
interface SideHost extends LitElement {
  side: 'open' | 'closed';
}

/** The width of the side, which the reader may drag, and the button that hides it. */
export class SideController implements ReactiveController {
  readonly #host: SideHost;
  #width: number | undefined;
  /** Where a drag began: the pointer, and the width then. */
  #drag: { readonly x: number; readonly width: number } | undefined;

  constructor(host: SideHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#drag = undefined;
  }

  /** Sets the width that the reader chose; a style sheet has the default. */
  hostUpdated(): void {
    const { style } = this.#host.renderRoot.querySelector<HTMLElement>('.body') ?? {};
    if (this.#width === undefined) style?.removeProperty('--side');
    else style?.setProperty('--side', `${this.#width}px`);
  }

  /** The edge between the map and the side: dragged, or moved by arrows; a double click restores its place. */
  edge(): TemplateResult {
    return html`<div
      class="edge"
      role="separator"
      tabindex="0"
      aria-orientation="vertical"
      aria-label="Width of the side"
      aria-valuemin=${WIDTH.min}
      aria-valuemax=${WIDTH.max}
      aria-valuenow=${Math.round(this.#width ?? this.#measured())}
      @pointerdown=${this.#onDown}
      @pointermove=${this.#onMove}
      @pointerup=${this.#onUp}
      @pointercancel=${this.#onUp}
      @dblclick=${() => {
        this.#resize(undefined);
      }}
      @keydown=${this.#onKey}
    ></div>`;
  }

  toggle(): TemplateResult {
    const { side } = this.#host;
    const isOpen = side === 'open';
    return html`<button
      type="button"
      class="side-toggle"
      aria-label="Side"
      aria-expanded=${isOpen}
      title=${isOpen ? 'Hide the side' : 'Show the side'}
      @click=${() => {
        this.#host.side = isOpen ? 'closed' : 'open';
      }}
    >
      ${iconTemplate('side')}
    </button>`;
  }

  #measured(): number {
    return this.#host.renderRoot.querySelector('.side')?.clientWidth ?? WIDTH.min;
  }

  #resize(width: number | undefined): void {
    this.#width = width === undefined ? undefined : Math.max(WIDTH.min, Math.min(WIDTH.max, width));
    this.#host.requestUpdate();
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#drag = { x: event.clientX, width: this.#measured() };
  };

  readonly #onMove = ({ clientX }: PointerEvent): void => {
    if (this.#drag !== undefined) this.#resize(this.#drag.width + this.#drag.x - clientX);
  };

  readonly #onUp = (): void => {
    this.#drag = undefined;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: STEP, ArrowRight: -STEP };
    if (!Object.hasOwn(steps, event.key)) return;
    event.preventDefault();
    this.#resize(this.#measured() + steps[event.key]);
  };
}
