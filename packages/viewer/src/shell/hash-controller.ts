import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ClusteringData } from '../data/types.ts';
import { readHash, writeHash, type ViewState } from './hash-state.ts';

/** Milliseconds from the last change to the update of the address. */
const SETTLE = 300;

/** A viewer with a view that can be read and set. */
export interface HashHost extends ReactiveControllerHost {
  readonly id: string;
  readonly hash: boolean;
  readonly data: ClusteringData | undefined;
  readView(): ViewState;
  showView(state: ViewState): void;
}

/** Keeps a viewer's view in the hash of the page's address, while the viewer's `hash` is set. Its code is loaded then. */
export class HashController implements ReactiveController {
  readonly #host: HashHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HashHost) {
    this.#host = host;
    host.addController(this);
    this.start();
    this.write();
  }

  hostConnected(): void {
    addEventListener('hashchange', this.#read);
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#read);
    clearTimeout(this.#timer);
  }

  /** Shows the view in the address of other data. Without one there, what the page has chosen stays. */
  readonly start = (): void => {
    if (location.hash.includes(`${encodeURIComponent(this.#prefix)}.`)) this.#read();
  };

  readonly #read = (): void => {
    const { hash, data } = this.#host;
    if (hash && data !== undefined) this.#host.showView(readHash(location.hash, this.#prefix, data));
  };

  /** Schedules an update of the address. */
  write(): void {
    clearTimeout(this.#timer);
    if (!this.#host.hash) return;
    this.#timer = setTimeout(() => {
      const { data } = this.#host;
      if (data === undefined) return;
      const hash = writeHash(location.hash, this.#prefix, this.#host.readView(), data);
      // With a history entry for every step, the reader could hardly go back to the previous page.
      history.replaceState(history.state, '', hash === '' ? location.pathname + location.search : `#${hash}`);
    }, SETTLE);
  }

  get #prefix(): string {
    return this.#host.id === '' ? 'viewer' : this.#host.id;
  }
}
