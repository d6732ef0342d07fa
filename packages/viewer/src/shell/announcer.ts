import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { AnnounceDetail } from '../interaction/announce.ts';

/** Within so many milliseconds only the last message is spoken: a lasso changes the selection at every move. */
const SETTLE = 250;

/** Messages for screen readers: one polite live region for the viewer and all its views. */
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
      // A screen reader does not repeat the same text, so a repeated message must differ.
      region.textContent = region.textContent === message ? `${message}\u00a0` : message;
    }, SETTLE);
  }

  /** Receives the announcements of views. */
  readonly onAnnounce = (event: CustomEvent<AnnounceDetail>): void => {
    this.say(event.detail.message);
  };
}
