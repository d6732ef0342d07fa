import { css } from 'lit';

export const levelsStyles = css`
  input[type='search'] {
    min-height: 28px;
    margin-block-end: 4px;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
    max-block-size: 320px;
    overflow-y: auto;
    scrollbar-width: thin;
  }
  label {
    display: grid;
    grid-template-columns: auto auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 7px;
    min-block-size: 26px;
    padding-inline: 2px 4px;
    border-radius: var(--radius);
    cursor: pointer;
  }
  label:hover {
    background: color-mix(in srgb, var(--text) 6%, transparent);
  }
  input[type='checkbox'] {
    margin: 0;
    inline-size: 15px;
    block-size: 15px;
    accent-color: var(--accent);
  }
  .swatch {
    inline-size: 10px;
    block-size: 10px;
    border-radius: 50%;
    forced-color-adjust: none;
  }
  bdi {
    grid-column: 3;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .bar {
    position: relative;
    grid-column: 3 / -1;
    block-size: 3px;
    forced-color-adjust: none;
  }
  .bar i {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    border-radius: 2px;
    background: color-mix(in srgb, var(--subtle) 35%, transparent);
  }
  .bar .passing {
    background: var(--accent);
  }
  .more {
    margin-block-start: 4px;
  }
  p {
    margin: 4px 0;
  }
`;
