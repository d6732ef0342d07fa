import { css } from 'lit';

export const rowsStyles = css`
  :host {
    min-block-size: 0;
  }
  table {
    table-layout: fixed;
    border-collapse: separate;
    border-spacing: 0;
    min-inline-size: 100%;
  }
  table:focus-visible {
    outline-offset: -2px;
  }
  col.number {
    inline-size: 104px;
  }
  col.text {
    inline-size: 136px;
  }
  col.row {
    inline-size: 76px;
  }
  th,
  td {
    block-size: 28px;
    padding: 0 8px;
    text-align: start;
    font-weight: 400;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
    border-block-end: 1px solid color-mix(in srgb, var(--border) 60%, transparent);
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: 0;
    vertical-align: middle;
    background: var(--surface);
    border-block-end-color: var(--border);
  }
  thead button {
    display: flex;
    align-items: center;
    gap: 4px;
    inline-size: 100%;
    min-height: 30px;
    padding: 2px 8px;
    border: 0;
    border-radius: 0;
    background: none;
    font-weight: 600;
    text-align: start;
  }
  thead .title {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  thead button:focus-visible {
    outline-offset: -2px;
  }
  .number {
    text-align: end;
  }
  thead .number button {
    justify-content: flex-end;
  }
  .what {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
  }
  .what label {
    display: flex;
    align-items: center;
    gap: 6px;
    cursor: pointer;
  }
  input[type='checkbox'] {
    margin: 0;
    accent-color: var(--accent);
  }
  tbody tr {
    cursor: pointer;
  }
  tbody th {
    position: relative;
  }
  tbody th input {
    position: absolute;
    inset-block-start: 7px;
    inset-inline-start: 8px;
  }
  tbody tr[aria-selected='true'] th,
  tbody tr[aria-selected='true'] td {
    background: color-mix(in srgb, var(--accent) 7%, transparent);
  }
  tr.gap td {
    padding: 0;
    border: 0;
  }
  tbody tr.hovered th,
  tbody tr.hovered td {
    background: color-mix(in srgb, var(--accent) 14%, transparent);
  }
`;
