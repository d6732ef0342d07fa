import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { AnnounceDetail } from '../interaction/announce.ts';

/** Milliseconds within which only the last message counts: a lasso changes the selection at every move. */
const SETTLE = 250;

/** Says what happens to those who hear the page: one polite live region for the viewer and all its views. */
export class Announcer implements ReactiveController {
  readonly #host: LitElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  region(): TemplateResult {
    return html`<div class="visually-hidden live" role="status" aria-live="polite"></div>`;
  }

  say(message: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const region = this.#host.renderRoot.querySelector('.live');
      if (region === null) return;
      // The same words again would not be said, unless they are another text.
      region.textContent = region.textContent === message ? `${message}\u00a0` : message;
    }, SETTLE);
  }

  /** Takes what views announce. */
  readonly onAnnounce = (event: CustomEvent<AnnounceDetail>): void => {
    this.say(event.detail.message);
  };
}
