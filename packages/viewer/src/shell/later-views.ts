import type { ReactiveControllerHost } from 'lit';
import { loadView, type LaterView } from '../views/load-view.ts';

/** Views whose code is loaded when they are first shown. */
export class LaterViews {
  readonly #host: ReactiveControllerHost;
  readonly #onFailure: (error: unknown) => void;
  #element: HTMLElement | undefined;

  /** @param onFailure is called when a view's code cannot be loaded */
  constructor(host: ReactiveControllerHost, onFailure: (error: unknown) => void) {
    this.#host = host;
    this.#onFailure = onFailure;
  }

  /** Whether a view's code is loaded; if not, loads it and then draws the host again. */
  isHere(view: LaterView): boolean {
    if (customElements.get(view) !== undefined) return true;
    loadView(view).then(() => {
      this.#host.requestUpdate();
    }, this.#onFailure);
    return false;
  }

  /**
   * The element of a view: the same one as long as no other is asked for.
   *
   * @param parts those that a page can style
   * @returns undefined until the code of the view is loaded
   */
  element(view: LaterView | 'cluster-viewer-clusters', parts: string): HTMLElement | undefined {
    if (view !== 'cluster-viewer-clusters' && !this.isHere(view)) return undefined;
    if (this.#element?.localName !== view) {
      this.#element = document.createElement(view);
      this.#element.setAttribute('exportparts', parts);
    }
    return this.#element;
  }
}
