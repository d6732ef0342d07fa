import { css } from 'lit';

export const columnsStyles = css`
  table {
    border-collapse: separate;
    border-spacing: 0;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    block-size: 30px;
    padding: 0 8px;
    text-align: end;
    font-weight: 400;
    white-space: nowrap;
    border-block-end: 1px solid var(--border);
    border-inline-end: 1px solid var(--border);
  }
  td {
    forced-color-adjust: none;
  }
  td small {
    display: block;
    max-inline-size: 96px;
    overflow: hidden;
    text-overflow: ellipsis;
    font-size: 11px;
    line-height: 1.1;
  }
  th {
    padding: 0;
    background: var(--surface);
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
  }
  tbody th,
  thead th:first-child {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    text-align: start;
  }
  thead th:first-child {
    z-index: 2;
  }
  th button {
    inline-size: 100%;
    min-height: 30px;
    padding: 2px 8px;
    border: 0;
    border-radius: 0;
    background: none;
    text-align: inherit;
  }
  thead button {
    font-weight: 600;
  }
  thead button span,
  tbody bdi {
    display: inline-block;
    max-inline-size: 110px;
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: middle;
  }
  tbody th button {
    max-inline-size: 150px;
    overflow: hidden;
  }
  .current th {
    box-shadow: inset 3px 0 var(--accent);
  }
  button:focus-visible {
    outline-offset: -2px;
  }
`;
