import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';

/**
 * A slot of an element that is forwarded to the slot of the same name of one of its parts. It is not forwarded while the
 * page puts nothing into it, because even an empty slot would replace the part's default content.
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
