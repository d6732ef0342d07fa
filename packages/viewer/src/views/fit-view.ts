import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { FitController, FitStatus } from '../live/fit-controller.ts';

/**
 * The state of a live fit, with buttons to pause, step and stop it.
 *
 * @element cluster-viewer-fit
 */
class FitView extends LitElement {
  static override readonly properties: PropertyDeclarations = {
    fits: { attribute: false },
    status: { attribute: false },
  };

  static override readonly styles = css`
    :host {
      display: block;
      color: var(--text);
      font: 13px var(--font);
    }
    .bar {
      align-items: center;
      background: var(--surface);
      border-block-end: 1px solid var(--border);
      display: flex;
      flex-wrap: wrap;
      gap: 6px 14px;
      padding: 6px 14px;
    }
    .what {
      font-weight: 600;
    }
    .value {
      font-variant-numeric: tabular-nums;
    }
    .engine {
      color: var(--subtle);
      flex: 1 1 180px;
    }
    .buttons {
      display: flex;
      gap: 8px;
    }
    button {
      background: var(--background);
      border: 1px solid var(--border);
      border-radius: var(--radius);
      color: inherit;
      cursor: pointer;
      font: inherit;
      min-block-size: 28px;
      padding: 2px 10px;
    }
    button:hover {
      border-color: var(--accent);
    }
    button:focus-visible {
      outline: 2px solid var(--accent);
      outline-offset: 1px;
    }
  `;

  declare fits: FitController;
  declare status: FitStatus | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { status, fits } = this;
    if (status === undefined) return nothing;
    const { settings, title, iteration, measure, value, engine, running, paused } = status;
    return html`<div class="bar" part="fit" role="group" aria-label="Live fit">
      <span class="what"
        >${title ?? settings.method}, ${settings.clusters} clusters: ${phaseText(status)}</span
      >
      ${
        iteration > 0
          ? html`<span class="value">iteration ${iteration}, ${measure} ${formatValue(value)}</span>`
          : nothing
      }
      <span class="engine">${engine ?? 'loading the engine …'}</span>
      <span class="buttons">
        ${
          running
            ? html`<button
                  type="button"
                  aria-pressed=${paused}
                  @click=${() => {
                    fits.togglePause();
                  }}
                >
                  ${paused ? 'Resume' : 'Pause'}
                </button>
                <button
                  type="button"
                  @click=${() => {
                    fits.step();
                  }}
                >
                  Step
                </button>
                <button
                  type="button"
                  @click=${() => {
                    fits.cancel();
                  }}
                >
                  Cancel
                </button>`
            : html`<button
                type="button"
                @click=${() => {
                  fits.dismiss();
                }}
              >
                Close
              </button>`
        }
      </span>
    </div>`;
  }
}

function phaseText({ phase, message, paused, running }: FitStatus): string {
  const held = running && paused ? ', held' : '';
  return `${phase}${message === undefined ? '' : ` (${message})`}${held}`;
}

/** Enough digits to show the convergence of a fit. */
function formatValue(value: number | undefined): string {
  return value === undefined ? '' : value.toLocaleString('en', { maximumSignificantDigits: 9 });
}

export { FitView as View };
