import { css } from 'lit';

export const confusionStyles = css`
  .scores {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin: 0;
    padding: 10px 12px 6px;
  }
  .scores div {
    display: flex;
    gap: 6px;
    align-items: baseline;
  }
  .scores dt {
    color: var(--subtle);
  }
  .scores dd {
    margin: 0;
    font-size: 17px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .pages {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 0 12px 8px;
  }
  .scroller {
    overflow: auto;
    max-block-size: max(220px, 60cqb);
    margin: 0 12px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
  }
  table {
    min-inline-size: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    min-inline-size: 34px;
    block-size: 28px;
    padding: 0 5px;
    text-align: center;
    white-space: nowrap;
    border: 0 solid var(--border);
    border-block-end-width: 1px;
    border-inline-end-width: 1px;
  }
  th {
    background: var(--surface);
    font-weight: 500;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
  }
  tbody th,
  thead th:first-child {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    max-inline-size: 130px;
    overflow: hidden;
    text-overflow: ellipsis;
    text-align: start;
    padding-inline: 8px;
  }
  thead th:first-child {
    z-index: 3;
  }
  thead .looked {
    box-shadow: inset 0 -3px var(--accent);
  }
  .swatch {
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 4px;
    border-radius: 3px;
    forced-color-adjust: none;
  }
  td {
    cursor: pointer;
    background: var(--fill);
    color: var(--ink);
    forced-color-adjust: none;
  }
  td.matched {
    font-weight: 700;
  }
  td.none {
    color: var(--subtle);
    cursor: default;
  }
  td:hover {
    box-shadow: inset 0 0 0 1px var(--text);
  }
  td[aria-selected='true'] {
    box-shadow: inset 0 0 0 2px var(--text);
  }
  td:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: -1px;
    position: relative;
    z-index: 1;
  }
  .hint {
    margin: 6px 12px 12px;
    font-size: 12px;
  }
  .cell {
    margin: 12px;
  }
  .cell p {
    margin: 0 0 8px;
  }
  .cell h3 {
    margin: 0;
    font-size: 13px;
    font-weight: 600;
  }
`;
