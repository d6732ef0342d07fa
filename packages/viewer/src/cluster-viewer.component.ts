import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { tokens } from './cluster-viewer.styles.ts';
import type { ClusteringData } from './data/types.ts';
import { emit } from './events.ts';
import { ViewerState, type StateChange } from './state/viewer-state.ts';

/**
 * Shows clusters: a map of the points, what each cluster is, how clusters match classes, and how the fit went.
 *
 * @element cluster-viewer
 */
export class ClusterViewer extends LitElement {
  static override readonly styles = [tokens];
  static override readonly properties: PropertyDeclarations = {
    src: { type: String, reflect: true },
  };

  /** Address of a run folder to show. */
  declare src: string | undefined;
  readonly #state = new ViewerState();

  constructor() {
    super();
    this.#state.subscribe((change) => {
      this.#announce(change);
    });
  }

  /** What is shown. */
  get data(): ClusteringData | undefined {
    return this.#state.data;
  }

  set data(data: ClusteringData | undefined) {
    this.#state.setData(data);
  }

  protected override render(): TemplateResult {
    return html`<p>${this.#state.data?.title}</p>`;
  }

  #announce(change: StateChange): void {
    this.requestUpdate();
    if (change !== 'selection') return;
    const { selection, data } = this.#state;
    const { points } = selection;
    emit(this, 'selection-change', { points, rows: points.map((point) => data?.rows?.[point] ?? point) });
  }
}
