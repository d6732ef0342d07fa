import { css } from 'lit';

export const comparisonStyles = css`
  :host {
    display: block;
    block-size: var(--cluster-comparison-height, 100vh);
  }
  :host([hidden]) {
    display: none;
  }
  .comparison {
    container: comparison / inline-size;
    block-size: 100%;
    overflow: auto;
    display: grid;
    grid-template: minmax(260px, 1.3fr) minmax(240px, 1fr) / 1fr 1fr;
    background: var(--background);
    color: var(--text);
    font: 14px / 1.45 var(--font);
  }
  .run {
    min-inline-size: 0;
    min-block-size: 0;
  }
  .run cluster-viewer {
    --cluster-viewer-height: 100%;
    block-size: 100%;
  }
  .between {
    grid-column: 1 / -1;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
    border: 1px solid var(--border);
    border-block-start-width: 2px;
  }
  .scores {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    gap: 2px 24px;
    margin: 0;
    padding: 8px 14px 4px;
  }
  .scores div {
    display: flex;
    gap: 6px;
  }
  dt,
  .subtle {
    color: var(--subtle);
  }
  dd {
    margin: 0;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  p {
    margin: 0;
    padding: 6px 14px;
  }
  .note {
    padding-block-start: 0;
    font-size: 12px;
  }
  .failure {
    color: var(--danger);
    font-weight: 600;
  }
  @media (max-width: 760px) {
    :host {
      block-size: auto;
    }
    .comparison {
      block-size: auto;
      grid-template: 420px 420px auto / minmax(0, 1fr);
    }
    .panel {
      flex: none;
      block-size: 420px;
    }
  }
`;
