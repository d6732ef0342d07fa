import { css } from 'lit';

export const mapStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    height: 100%;
    min-height: 320px;
    container-type: inline-size;
    background: var(--background);
  }
  .map {
    display: grid;
    height: 100%;
    min-height: inherit;
    grid-template:
      'tools tools' auto
      'stage legend' minmax(0, 1fr)
      'status status' auto / minmax(0, 1fr) 220px;
  }
  .tools {
    grid-area: tools;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 6px 12px;
    padding: 6px 8px;
    border-bottom: 1px solid var(--border);
  }
  .find {
    display: flex;
    gap: 4px;
    flex: 0 1 230px;
  }
  .find input {
    flex: 1;
    height: 32px;
  }
  .find button {
    height: 32px;
    padding: 0 10px;
    border-color: var(--border);
  }
  .stage {
    grid-area: stage;
    position: relative;
    min-height: 0;
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
    background: color-mix(in srgb, var(--background) 88%, transparent);
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) + 2px);
  }
  .sample {
    position: absolute;
    left: 10px;
    bottom: 10px;
    max-width: calc(100% - 70px);
    margin: 0;
    padding: 2px 8px;
    font-size: 12px;
    color: var(--subtle);
    background: color-mix(in srgb, var(--background) 88%, transparent);
    border-radius: var(--radius);
    pointer-events: none;
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
  cluster-viewer-legend {
    grid-area: legend;
    padding: 8px;
    border-inline-start: 1px solid var(--border);
  }
  .status {
    grid-area: status;
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    padding: 5px 10px;
    color: var(--subtle);
    border-top: 1px solid var(--border);
  }
  .status .axes {
    flex: 1 1 auto;
  }
  .status .selected {
    color: var(--text);
    font-variant-numeric: tabular-nums;
  }
  .badge {
    padding: 0 7px;
    border: 1px solid var(--border);
    border-radius: 999px;
    background: var(--surface);
    max-width: 100%;
    box-sizing: border-box;
  }
  @container (max-width: 560px) {
    .map {
      grid-template:
        'tools' auto
        'stage' minmax(220px, 1fr)
        'legend' minmax(0, auto)
        'status' auto / minmax(0, 1fr);
    }
    cluster-viewer-legend {
      max-height: 150px;
      border-inline-start: none;
      border-top: 1px solid var(--border);
    }
    .find {
      flex: 1 1 100%;
    }
  }
`;
