import { css } from 'lit';

export const histogramStyles = css`
  :host {
    display: block;
  }
  .plot {
    position: relative;
    block-size: 44px;
    margin: 0 7px;
    border-block-end: 1px solid var(--subtle);
    cursor: crosshair;
    touch-action: pan-y;
    user-select: none;
    -webkit-user-select: none;
    forced-color-adjust: none;
  }
  svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }
  .all {
    fill: color-mix(in srgb, var(--subtle) 35%, transparent);
  }
  .passing {
    fill: var(--accent);
  }
  .outside {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    background: color-mix(in srgb, var(--background) 70%, transparent);
    pointer-events: none;
  }
  .outside.end {
    inset-inline: auto 0;
  }
  .handle {
    position: absolute;
    inset-block: 0 -6px;
    inline-size: 24px;
    margin-inline-start: -12px;
    cursor: ew-resize;
    touch-action: none;
  }
  .handle::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 11px;
    inline-size: 2px;
    background: var(--text);
  }
  .handle::after {
    content: '';
    position: absolute;
    inset-block-end: 0;
    inset-inline-start: 6px;
    inline-size: 10px;
    block-size: 12px;
    border: 1.5px solid var(--text);
    border-radius: 3px;
    background: var(--background);
    box-sizing: border-box;
  }
  .handle:focus-visible {
    outline: none;
  }
  .handle:focus-visible::after {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
`;
