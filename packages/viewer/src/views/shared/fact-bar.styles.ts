import { css } from 'lit';

/** Styles of `factBars`, whose code is loaded later. */
export const factBarStyles = css`
  .facts-list {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 12px;
    display: grid;
    gap: 3px;
  }
  .facts-list li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    column-gap: 8px;
  }
  .fact-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .fact-bar {
    grid-column: 1 / -1;
    display: grid;
    gap: 1px;
  }
  .fact-bar i {
    block-size: 4px;
    min-inline-size: 1px;
    border-radius: 2px;
    background: var(--color);
    forced-color-adjust: none;
  }
  .fact-bar .rest {
    block-size: 2px;
    background: var(--subtle);
    opacity: 0.6;
  }
`;
