import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { StateController } from '../state/state-controller.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import type { Theme } from '../theme/theme.ts';

/** @element cluster-viewer-history */
export class HistoryView extends LitElement {
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    theme: { attribute: false },
  };

  declare state: ViewerState;
  declare theme: Theme;

  constructor() {
    super();
    new StateController(this, ['data']);
  }

  protected override render(): TemplateResult {
    return html`${this.state.data?.title}`;
  }
}
