import { css } from 'lit';

/** Common styles of all views beside the map: text, buttons, focus, and the message of an empty view. */
export const viewStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    color: var(--text);
    font: 13px / 1.45 var(--font);
  }
  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }
  button,
  select,
  input {
    font: inherit;
    color: inherit;
  }
  button,
  select {
    min-height: 28px;
    padding: 2px 10px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--background);
    cursor: pointer;
  }
  button:hover {
    border-color: var(--accent);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .subtle {
    color: var(--subtle);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .nothing {
    max-width: 46ch;
    margin: 8vh auto 0;
    padding: 16px;
    text-align: center;
    color: var(--subtle);
  }
  .nothing strong {
    display: block;
    margin-bottom: 4px;
    color: var(--text);
    font-size: 15px;
  }
  code {
    font-family: ui-monospace, monospace;
    font-size: 0.95em;
    background: var(--surface);
    border-radius: 3px;
    padding: 0 3px;
  }
`;
