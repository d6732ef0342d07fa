import { css, html, nothing, type TemplateResult } from 'lit';
import type { Work } from '../../state/work.ts';

/** How far something is that is being computed, and a button that stops it. */
export function workTemplate({ title, phase, share, cancel }: Work): TemplateResult {
  const percent = share === undefined ? '' : ` ${Math.round(100 * share)} %`;
  return html`<div class="work" role="group" aria-label="${title}">
    <p>${title}${phase === undefined ? '' : `: ${phase}`}${percent}</p>
    <progress aria-label="${title}" max="1" value=${share ?? nothing}></progress>
    <button type="button" @click=${cancel}>Cancel</button>
  </div>`;
}

export const workStyles = css`
  .work {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 4px 8px;
  }
  .work p {
    grid-column: 1 / -1;
    margin: 0;
    color: var(--subtle);
    overflow-wrap: anywhere;
  }
  .work progress {
    inline-size: 100%;
    accent-color: var(--accent);
  }
  .work button {
    min-height: 28px;
    padding: 0 10px;
    border-color: var(--border);
  }
`;
