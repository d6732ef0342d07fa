import { css } from 'lit';

/** A row of tabs, which scrolls where it is too wide, and the panel of the chosen one. */
export const panelStyles = css`
  .tabs {
    flex: none;
    display: flex;
    padding: 0 6px;
    border-block-end: 1px solid var(--border);
    overflow-x: auto;
    overflow-y: hidden;
    scrollbar-width: none;
  }
  .tabs button {
    flex: none;
    padding: 7px 8px 6px;
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
