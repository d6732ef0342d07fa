import { css } from 'lit';

export const clustersStyles = css`
  .tools {
    position: sticky;
    inset-block-start: 0;
    z-index: 3;
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 12px;
    background: var(--background);
    border-block-end: 1px solid var(--border);
  }
  .tools label {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .tools .count {
    margin-inline-start: auto;
  }
  .names {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    padding: 6px 12px;
    border-block-end: 1px solid var(--border);
    background: var(--surface);
  }
  .names span {
    flex: 1 1 160px;
  }
  .name-field {
    flex: 1;
    min-inline-size: 0;
    min-height: 28px;
    padding: 2px 6px;
    border: 1px solid var(--accent);
    border-radius: var(--radius);
    background: var(--background);
    font-weight: 600;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 290px), 1fr));
    gap: 10px;
    padding: 12px;
    align-items: start;
  }
  .card {
    content-visibility: auto;
    contain-intrinsic-size: auto 280px auto 210px;
    padding: 10px 12px 12px;
    border: 1px solid var(--border);
    border-inline-start: 4px solid var(--color);
    border-radius: var(--radius);
    background: var(--surface);
    scroll-margin-block: 56px 12px;
  }
  .card.current {
    border-color: var(--accent);
    border-inline-start-color: var(--color);
    box-shadow: 0 0 0 1px var(--accent);
  }
  .card.empty {
    border-style: dashed;
    background: none;
  }
  .card p {
    margin: 0;
  }
  .top {
    display: flex;
    gap: 10px;
  }
  .face {
    flex: none;
    inline-size: 72px;
    block-size: 72px;
    object-fit: contain;
    image-rendering: pixelated;
    border-radius: 4px;
    background: #000;
  }
  .facts {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    grid-template-columns: 1fr auto;
    align-content: start;
    gap: 1px 8px;
  }
  .facts > :not(button) {
    grid-column: 1 / -1;
  }
  .name {
    display: flex;
    align-items: center;
    gap: 7px;
    justify-self: start;
    margin-inline-start: -6px;
    padding: 0 6px;
    border-color: transparent;
    background: none;
    font-weight: 600;
    font-size: 14px;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .traits {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 12px;
  }
  .traits li {
    padding-block: 1px;
    overflow-wrap: anywhere;
  }
  .swatch {
    flex: none;
    inline-size: 12px;
    block-size: 12px;
    border-radius: 4px;
    background: var(--color);
    forced-color-adjust: none;
  }
  .select {
    align-self: start;
    min-height: 26px;
    padding: 0 8px;
    font-size: 12px;
  }
  .select[disabled] {
    visibility: hidden;
  }
  .size {
    display: flex;
    justify-content: space-between;
  }
  small {
    font-size: 11px;
  }
  .bar {
    display: flex;
    block-size: 6px;
    margin-block: 3px;
    border-radius: 3px;
    overflow: hidden;
    background: var(--border);
    forced-color-adjust: none;
  }
  .bar i {
    flex: none;
    min-inline-size: 1px;
    background: var(--color);
  }
  .mix {
    margin-block-start: 8px;
  }
  .bar.stacked {
    block-size: 8px;
    border-radius: 4px;
    gap: 1px;
    background: var(--surface);
  }
  .bar.stacked i {
    flex-shrink: 1;
  }
  .mix p {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    font-size: 12px;
  }
  .class {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    forced-color-adjust: none;
  }
  .members {
    margin-block-start: 6px;
  }
  .row-title {
    font-size: 11px;
    line-height: 1.7;
  }
  .more {
    display: block;
    margin: 0 auto 16px;
  }
`;
