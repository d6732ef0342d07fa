import { css } from 'lit';

export const runsStyles = css`
  .all {
    padding: 10px 12px;
  }
  h3 {
    margin: 16px 0 6px;
    font-size: 13px;
  }
  h3:first-child {
    margin-block-start: 0;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
    border: 1px solid var(--border);
    border-radius: var(--radius);
  }
  li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
    padding: 5px 8px;
  }
  li + li {
    border-block-start: 1px solid var(--border);
  }
  li.shown {
    background: var(--surface);
  }
  li label {
    display: flex;
    flex: 1 1 12ch;
    gap: 6px;
    align-items: center;
    min-inline-size: 0;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  input[type='radio'] {
    flex: none;
    margin: 0;
    accent-color: var(--accent);
  }
  li input[type='text'] {
    flex: 1 1 12ch;
    min-inline-size: 0;
    min-height: 28px;
    padding: 2px 8px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--background);
  }
  .icon {
    padding: 2px 8px;
  }
  .with {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    align-items: center;
    margin-block-start: 16px;
  }
  .with select {
    max-inline-size: 100%;
  }
  .scores {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 20px;
    margin: 8px 0;
  }
  .scores div {
    display: flex;
    gap: 6px;
  }
  dt {
    color: var(--subtle);
  }
  dd {
    margin: 0;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-end: 10px;
  }
  button[aria-pressed='true'] {
    border-color: var(--accent);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
`;
