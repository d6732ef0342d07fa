import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';

/**
 * A slot of an element that it passes on to a slot of a part of it, of the same name. While the page fills it with nothing it
 * is not passed on: even empty, it would take the place of what the part shows by itself.
 */
export class ForwardedSlot {
  readonly #host: ReactiveControllerHost;
  readonly #name: string;
  #isFilled = false;

  constructor(host: ReactiveControllerHost, name: string) {
    this.#host = host;
    this.#name = name;
  }

  template(): TemplateResult {
    return html`<slot
      name=${this.#name}
      slot=${this.#isFilled ? this.#name : nothing}
      @slotchange=${this.#onChange}
    ></slot>`;
  }

  readonly #onChange = ({ target }: Event): void => {
    this.#isFilled = (target as HTMLSlotElement).assignedNodes().length > 0;
    this.#host.requestUpdate();
  };
}
