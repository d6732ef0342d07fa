import { css } from 'lit';

/** A view that is a table which scrolls, below a line that says what is in it. */
export const tablePanelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .what {
    margin: 0;
    padding: 8px 12px;
    border-block-end: 1px solid var(--border);
  }
  .scroller {
    flex: 1;
    min-block-size: 160px;
    overflow: auto;
    scrollbar-width: thin;
  }
  .swatch {
    display: inline-block;
    inline-size: 10px;
    block-size: 10px;
    margin-inline-end: 6px;
    border-radius: 3px;
    forced-color-adjust: none;
  }
`;
