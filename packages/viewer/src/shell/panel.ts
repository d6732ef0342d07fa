import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ViewerState } from '../state/viewer-state.ts';
import type { Theme } from '../theme/theme.ts';
import { loadView, type LaterView } from '../views/register.ts';

/** The views beside the map. */
export type ViewName = 'clusters' | 'confusion' | 'history';

/** The view beside the map. The code of some views is loaded when they are first shown. */
export class Panel {
  readonly #host: ReactiveControllerHost;
  readonly #onFailure: (error: Error) => void;

  /** @param onFailure is called when a view's code cannot be loaded */
  constructor(host: ReactiveControllerHost, onFailure: (error: Error) => void) {
    this.#host = host;
    this.#onFailure = onFailure;
  }

  template(view: ViewName, state: ViewerState, theme: Theme): TemplateResult {
    switch (view) {
      case 'clusters':
        return html`<cluster-viewer-clusters
          exportparts="card"
          .state=${state}
          .theme=${theme}
        ></cluster-viewer-clusters>`;
      case 'confusion':
        if (!this.#isHere('cluster-viewer-confusion')) return loading();
        return html`<cluster-viewer-confusion
          exportparts="matrix"
          .state=${state}
          .theme=${theme}
        ></cluster-viewer-confusion>`;
      case 'history':
        if (!this.#isHere('cluster-viewer-history')) return loading();
        return html`<cluster-viewer-history
          exportparts="chart"
          .state=${state}
          .theme=${theme}
        ></cluster-viewer-history>`;
    }
  }

  /** Whether a view's code is loaded; if not, loads it and then draws the host again. */
  #isHere(view: LaterView): boolean {
    if (customElements.get(view) !== undefined) return true;
    loadView(view).then(
      () => {
        this.#host.requestUpdate();
      },
      (error: unknown) => {
        this.#onFailure(error instanceof Error ? error : new Error(String(error)));
      },
    );
    return false;
  }
}

function loading(): TemplateResult {
  return html`<p class="subtle" role="status">Loading this view</p>`;
}
