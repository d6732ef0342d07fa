import { css } from 'lit';

export const mapStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    height: 100%;
    min-height: 200px;
    container-type: inline-size;
    background: var(--background);
  }
  .map {
    height: 100%;
    min-height: inherit;
  }
  .top {
    position: absolute;
    z-index: 1;
    inset: 8px 8px auto;
    max-height: calc(100% - 60px);
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: space-between;
    gap: 6px;
    pointer-events: none;
  }
  .top > * {
    pointer-events: auto;
  }
  .right {
    display: flex;
    flex-direction: column;
    gap: 6px;
    min-height: 0;
    max-height: 100%;
  }
  .tools,
  cluster-viewer-legend,
  cluster-viewer-display,
  .zoom,
  .foot p,
  .items {
    background: color-mix(in srgb, var(--background) 90%, transparent);
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) + 2px);
    box-sizing: border-box;
  }
  .tools {
    display: flex;
    padding: 2px;
    gap: 8px;
    max-width: 100%;
  }
  .menu {
    position: relative;
  }
  .menu summary {
    display: grid;
    place-items: center;
    min-width: 32px;
    height: 32px;
    border-radius: var(--radius);
    cursor: pointer;
    list-style: none;
  }
  .menu summary .icon {
    stroke-width: 3;
  }
  .menu summary::-webkit-details-marker {
    display: none;
  }
  .menu summary:hover,
  .menu[open] summary {
    background: color-mix(in srgb, var(--text) 9%, transparent);
  }
  .items {
    position: absolute;
    inset: calc(100% + 4px) 0 auto auto;
    display: grid;
    gap: 2px;
    width: max-content;
    max-width: 78vw;
    padding: 6px;
    background: var(--background);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.22);
  }
  .items > button {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 32px;
    text-align: start;
  }
  .items button:disabled {
    opacity: 0.45;
    cursor: default;
  }
  .find {
    display: flex;
    gap: 4px;
    padding: 2px 2px 6px;
  }
  .find input {
    flex: 1;
    height: 32px;
    width: 190px;
  }
  .find button {
    height: 32px;
    padding: 0 10px;
    border-color: var(--border);
  }
  .stage {
    position: relative;
    height: 100%;
    min-height: inherit;
    overflow: hidden;
  }
  .surface {
    position: absolute;
    inset: 0;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    cursor: grab;
  }
  .surface:active {
    cursor: grabbing;
  }
  .surface[data-tool='box'],
  .surface[data-tool='lasso'] {
    cursor: crosshair;
  }
  .surface.hovering {
    cursor: pointer;
  }
  .surface:focus-visible {
    outline-offset: -3px;
    outline-width: 3px;
  }
  .points,
  .points canvas,
  .overlay {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .overlay {
    pointer-events: none;
    overflow: hidden;
    font-family: var(--font);
    font-weight: 600;
  }
  .zoom {
    position: absolute;
    right: 10px;
    bottom: 10px;
    padding: 2px;
  }
  .foot {
    position: absolute;
    left: 8px;
    bottom: 8px;
    display: grid;
    gap: 4px;
    justify-items: start;
    max-width: calc(100% - 68px);
    font-size: 12px;
    color: var(--subtle);
    pointer-events: none;
  }
  .foot p {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    margin: 0;
    padding: 2px 8px;
  }
  .foot span:empty {
    display: none;
  }
  .foot .selected {
    color: var(--text);
    font-variant-numeric: tabular-nums;
  }
  .message {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    text-align: center;
    padding: 24px;
    color: var(--subtle);
    pointer-events: none;
  }
  .message strong {
    color: var(--text);
    font-size: 15px;
  }
  .message.failure strong {
    color: var(--danger);
  }
  .tooltip {
    position: absolute;
    z-index: 1;
    box-sizing: border-box;
    overflow: hidden;
    padding: 8px 10px;
    pointer-events: none;
    background: var(--background);
    border: 1px solid var(--border);
    border-radius: var(--radius);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.22);
  }
  .tooltip canvas {
    display: block;
    margin: 0 auto 6px;
    image-rendering: pixelated;
    border-radius: 3px;
  }
  .tooltip dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 1px 10px;
    margin: 0;
  }
  .tooltip dt {
    color: var(--subtle);
    max-width: 150px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tooltip dd {
    margin: 0;
    text-align: end;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  .tooltip p {
    margin: 4px 0 0;
    color: var(--subtle);
  }
  cluster-viewer-legend,
  cluster-viewer-display {
    padding: 3px;
    width: 212px;
    max-width: 100%;
    min-width: 0;
  }
  /* In a narrow map tools would cover it, so they get their own row. What lies on the map has the second row as its box. */
  @container (max-width: 560px) {
    .stage {
      display: grid;
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    }
    .top {
      position: relative;
      inset: auto;
      max-height: none;
      padding: 4px;
      border-bottom: 1px solid var(--border);
    }
    .tools,
    cluster-viewer-legend {
      border: 0;
    }
    .tools {
      --tool-width: 29px;
      --tool-gap: 0 5px;
      gap: 2px;
    }
    .menu summary {
      min-width: 29px;
    }
    .surface {
      position: relative;
      inset: auto;
    }
    .surface,
    .zoom,
    .foot,
    .message,
    .tooltip {
      grid-area: 2 / 1;
    }
    cluster-viewer-legend {
      max-height: 180px;
    }
  }
  @media (forced-colors: active) {
    .surface,
    .overlay {
      forced-color-adjust: none;
    }
  }
`;
