import { css } from 'lit';

export const historyStyles = css`
  :host {
    --series-0: var(--accent);
    --series-1: light-dark(#b0480b, #ffb070);
    --series-2: light-dark(#00705a, #5fe0c0);
    --series-3: light-dark(#8a2f83, #f09be8);
  }
  .chart {
    padding: 10px 12px 14px;
  }
  .chart + .chart {
    border-block-start: 1px solid var(--border);
  }
  h3 {
    margin: 0 0 4px;
    font-size: 14px;
    font-weight: 600;
  }
  .plot {
    display: block;
    touch-action: pan-y;
    cursor: crosshair;
    overflow: visible;
  }
  text {
    fill: var(--subtle);
    font-size: 11px;
    font-variant-numeric: tabular-nums;
  }
  .tick line {
    stroke: var(--border);
  }
  .cursor {
    stroke: var(--subtle);
    stroke-dasharray: 3 3;
  }
  .series path {
    fill: none;
    stroke: var(--series);
    stroke-width: 2;
    stroke-linejoin: round;
  }
  .series circle {
    fill: var(--series);
  }
  .series-0 {
    --series: var(--series-0);
  }
  .series-1 {
    --series: var(--series-1);
  }
  .series-1 path {
    stroke-dasharray: 6 3;
  }
  .series-2 {
    --series: var(--series-2);
  }
  .series-2 path {
    stroke-dasharray: 2 3;
  }
  .series-3 {
    --series: var(--series-3);
  }
  .readout input {
    display: block;
    inline-size: calc(100% - 58px - 14px + 16px);
    margin: 0 0 0 50px;
    accent-color: var(--accent);
  }
  .readout p {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    margin: 4px 0 6px;
  }
  .value {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .key {
    inline-size: 14px;
    border-block-start: 3px solid var(--series);
  }
  .key.series-1 {
    border-block-start-style: dashed;
  }
  .key.series-2 {
    border-block-start-style: dotted;
  }
  summary {
    cursor: pointer;
    color: var(--subtle);
    inline-size: fit-content;
  }
  .table {
    max-block-size: 220px;
    margin-block-start: 6px;
    overflow: auto;
    border: 1px solid var(--border);
    border-radius: var(--radius);
  }
  .table table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .table th,
  .table td {
    padding: 2px 10px;
    text-align: end;
    font-weight: normal;
  }
  .table thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--surface);
    font-weight: 500;
  }
`;
