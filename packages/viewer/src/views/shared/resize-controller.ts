import type { LitElement, ReactiveController } from 'lit';

/** Tells the size of an element while it is in a document. */
export class ResizeController implements ReactiveController {
  readonly #host: LitElement;
  readonly #observer: ResizeObserver;

  /** @param onResize gets the size of the content in CSS pixels */
  constructor(host: LitElement, onResize: (size: DOMRectReadOnly) => void) {
    this.#host = host;
    this.#observer = new ResizeObserver(([{ contentRect }]) => {
      onResize(contentRect);
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }
}
