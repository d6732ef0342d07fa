import { css } from 'lit';

/** Styles of buttons, fields and focus in all parts of the map. */
export const controls = css`
  :host {
    font: 13px / 1.4 var(--font);
    color: var(--text);
  }
  [hidden] {
    display: none !important;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 1px solid transparent;
    border-radius: var(--radius);
    cursor: pointer;
  }
  button:hover {
    background: color-mix(in srgb, var(--text) 9%, transparent);
  }
  button[aria-disabled='true'] {
    opacity: 0.4;
    cursor: default;
  }
  button[aria-disabled='true']:hover {
    background: none;
  }
  .icon {
    width: 18px;
    height: 18px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  input,
  select {
    font: inherit;
    color: inherit;
    background: var(--background);
    border: 1px solid var(--border);
    border-radius: var(--radius);
    padding: 4px 8px;
    min-width: 0;
    box-sizing: border-box;
  }
  ::placeholder {
    color: var(--subtle);
    opacity: 1;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
`;
