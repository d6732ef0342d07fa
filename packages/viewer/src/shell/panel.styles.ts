import { css } from 'lit';

/** Tabs, in as many rows as they need, so that none is cut off, and the panel of the chosen one. */
export const panelStyles = css`
  .tabs {
    flex: none;
    padding: 0 6px;
    border-block-end: 1px solid var(--border);
    /* Rows of about the same length. */
    text-wrap: balance;
  }
  .tabs button {
    padding: 6px 8px 5px;
    vertical-align: top;
    border: 0;
    border-block-end: 3px solid transparent;
    background: none;
    color: var(--subtle);
    font: inherit;
    font-size: 13px;
    font-weight: 550;
    cursor: pointer;
  }
  .tabs button:hover {
    color: var(--text);
  }
  .tabs button[aria-selected='true'] {
    color: var(--text);
    border-color: var(--accent);
  }
  @media (forced-colors: active) {
    /* Transparent borders are drawn there, so that every tab would look chosen. */
    .tabs button[aria-selected='false'] {
      border-color: Canvas;
    }
    .tabs button[aria-selected='true'] {
      border-color: Highlight;
    }
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }
  .panel {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    container: panel / size;
  }
`;
