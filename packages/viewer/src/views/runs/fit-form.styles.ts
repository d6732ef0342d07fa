import { css } from 'lit';

export const fitFormStyles = css`
  form {
    display: grid;
    gap: 8px;
    margin-block-end: 16px;
    padding: 10px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--surface);
  }
  h3 {
    margin: 0;
    font-size: 13px;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(132px, 1fr));
    gap: 8px 12px;
    align-items: start;
  }
  .number {
    display: grid;
    gap: 4px;
  }
  .field {
    display: grid;
    gap: 2px;
    min-inline-size: 0;
  }
  .field > span {
    color: var(--subtle);
  }
  select,
  input[type='number'] {
    inline-size: 100%;
    min-block-size: 30px;
    padding: 2px 8px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--background);
  }
  input[type='number']:disabled {
    color: var(--subtle);
  }
  .check {
    display: flex;
    gap: 7px;
    align-items: center;
    min-block-size: 24px;
    min-inline-size: 0;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .check input {
    flex: none;
    margin: 0;
    accent-color: var(--accent);
  }
  summary {
    cursor: pointer;
    border-radius: var(--radius);
  }
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 15ch), 1fr));
    gap: 0 12px;
    max-block-size: 180px;
    margin: 6px 0 0;
    padding: 4px 8px;
    overflow: auto;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--background);
  }
  .all {
    display: flex;
    gap: 6px;
    margin-block-start: 6px;
  }
  .go {
    justify-self: start;
    padding-inline: 16px;
    border-color: var(--accent);
    font-weight: 600;
  }
  .go:disabled,
  .go[aria-disabled='true'] {
    border-color: var(--border);
    color: var(--subtle);
    cursor: default;
  }
  .failure {
    margin: 0;
    color: var(--danger);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
`;
