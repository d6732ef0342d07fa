import { css } from 'lit';

export const treeStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 300px;
  }
  .controls {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
    padding: 8px 12px;
    border-block-end: 1px solid var(--border);
  }
  .cut {
    flex: 1 1 100%;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 4px 8px;
  }
  .cut label {
    font-weight: 600;
  }
  input[type='range'] {
    inline-size: 100%;
    margin: 0;
    accent-color: var(--accent);
  }
  input[type='number'] {
    inline-size: 9ch;
    min-height: 28px;
    padding: 2px 6px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--background);
  }
  .found {
    flex: 1 1 100%;
    margin: 0;
    min-block-size: 1.45em;
  }
  button:disabled {
    color: var(--subtle);
    cursor: default;
    opacity: 0.7;
  }
  .picture {
    flex: 1;
    position: relative;
    min-block-size: 160px;
    overflow: hidden;
  }
  svg {
    position: absolute;
    inset: 0;
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }
  .axis text {
    fill: var(--subtle);
    font: 11px var(--font);
    font-variant-numeric: tabular-nums;
    text-anchor: end;
    dominant-baseline: central;
  }
  .axis line {
    stroke: var(--border);
  }
  [role='treeitem'] {
    cursor: pointer;
    outline: none;
  }
  .filled {
    fill: var(--color, var(--muted));
    stroke: var(--background);
    stroke-width: 0.5;
  }
  .filled.part {
    fill: color-mix(in srgb, var(--color) 55%, var(--background));
  }
  .filled.cluster {
    stroke: var(--text);
    stroke-width: 1.5;
  }
  .lines {
    fill: var(--color, var(--subtle));
    stroke: var(--color, var(--subtle));
    stroke-width: 1.5;
    stroke-linejoin: round;
  }
  .lines.cluster {
    stroke-width: 3;
  }
  .reach {
    fill: none;
    stroke: transparent;
    stroke-width: 9;
    pointer-events: stroke;
  }
  .mark {
    pointer-events: none;
    fill: none;
    stroke: var(--accent);
    stroke-width: 2.5;
    stroke-linejoin: round;
  }
  .mark.selected {
    stroke-width: 2;
    stroke-dasharray: 5 3;
  }
  .mark.focus {
    stroke-width: 3.5;
  }
  .line {
    stroke: var(--text);
    stroke-width: 1.5;
    stroke-dasharray: 7 4;
    pointer-events: none;
  }
  .about {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    margin: 0;
    padding: 6px 12px;
    border-block-start: 1px solid var(--border);
    min-block-size: 2.8em;
  }
  .about span {
    flex: 1 1 12em;
  }
  @media (forced-colors: active) {
    .filled,
    .lines {
      forced-color-adjust: none;
    }
  }
`;
