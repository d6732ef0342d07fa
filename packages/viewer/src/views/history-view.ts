import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { StateController } from '../state/state-controller.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import type { Theme } from '../theme/theme.ts';
import { chartTemplate } from './history/chart.ts';
import { chartsOf } from './history/chart-data.ts';
import { historyStyles } from './history/history.styles.ts';
import { viewStyles } from './shared/view.styles.ts';
import { ResizeController } from './shared/resize-controller.ts';

/** The least width: a narrower chart has no room for its axis. */
const LEAST_WIDTH = 180;
const PADDING = 24;

/**
 * The history of the fit: inertia, log-likelihood, losses by step.
 *
 * @element cluster-viewer-history
 * @csspart chart A chart with its heading
 */
class HistoryView extends LitElement {
  static override readonly styles = [viewStyles, historyStyles];
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    theme: { attribute: false },
    width: { state: true },
    steps: { state: true },
  };

  declare state: ViewerState;
  declare theme: Theme;
  declare private width: number;
  /** The step that each chart shows in numbers, by the chart's title; the last step if not set. */
  declare private steps: ReadonlyMap<string, number>;

  constructor() {
    super();
    this.width = LEAST_WIDTH;
    this.steps = new Map();
    new StateController(this, ['data']);
    new ResizeController(this, ({ width }) => {
      this.width = Math.max(LEAST_WIDTH, Math.floor(width) - PADDING);
    });
  }

  protected override render(): TemplateResult {
    const { data } = this.state;
    if (data === undefined) return html`${nothing}`;
    const charts = chartsOf(data.history).filter(({ length }) => length > 0);
    if (charts.length === 0) {
      return html`<p class="nothing">
        <strong>There is no history of the fit</strong>A run folder has one in <code>history.json</code>; a
        live fit draws it as it goes.
      </p>`;
    }
    return html`${charts.map((chart) => {
      const key = `${chart.step} ${chart.title}`;
      return chartTemplate({
        chart,
        width: this.width,
        step: Math.min(this.steps.get(key) ?? Infinity, chart.length - 1),
        onStep: (step) => {
          this.steps = new Map(this.steps).set(key, step);
        },
      });
    })}`;
  }
}

export { HistoryView as View };
