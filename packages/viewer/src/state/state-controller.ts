import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { StateChange, ViewerState } from './viewer-state.ts';

/** Draws an element again when a part of the viewer's state changes that it uses. */
export class StateController implements ReactiveController {
  readonly #host: ReactiveControllerHost & { readonly state: ViewerState };
  readonly #changes: ReadonlySet<StateChange>;
  #state: ViewerState | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(
    host: ReactiveControllerHost & { readonly state: ViewerState },
    changes: readonly StateChange[],
  ) {
    this.#host = host;
    this.#changes = new Set(changes);
    host.addController(this);
  }

  hostConnected(): void {
    this.#follow();
    // It did not get changes while it was not in a document.
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#state = undefined;
  }

  /** The state may be set after the element is created, and may be replaced. */
  #follow(): void {
    const { state } = this.#host as { readonly state: ViewerState | undefined };
    if (state === undefined || state === this.#state) return;
    this.#unsubscribe?.();
    this.#state = state;
    this.#unsubscribe = state.subscribe((change) => {
      if (this.#changes.has(change)) this.#host.requestUpdate();
    });
  }
}
