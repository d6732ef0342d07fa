import { css } from 'lit';

/**
 * Colors of all views: the page's custom properties, else the light or the dark set, which `theme` or the reader chooses. In
 * forced colors, those of the system. They are not set on the host, because a page may set the element's properties to its own,
 * which may be called the same.
 */
export const tokens = css`
  :host {
    color-scheme: light dark;
  }
  .viewer,
  .probe {
    --background: var(--cluster-viewer-background, light-dark(#ffffff, #11161c));
    --surface: var(--cluster-viewer-surface, light-dark(#f4f6f8, #1b232c));
    --border: var(--cluster-viewer-border, light-dark(#d4dae1, #33404e));
    --text: var(--cluster-viewer-text, light-dark(#1b2530, #e6ebf0));
    --subtle: var(--cluster-viewer-subtle, light-dark(#556270, #9fb0c0));
    --accent: var(--cluster-viewer-accent, light-dark(#0b62c4, #6cb2ff));
    --muted: var(--cluster-viewer-muted, light-dark(#c9d1d9, #3b4754));
    --danger: var(--cluster-viewer-danger, light-dark(#a61b1b, #ff8f8f));
    --radius: var(--cluster-viewer-radius, 6px);
    --font: var(--cluster-viewer-font, system-ui, sans-serif);
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  @media (forced-colors: active) {
    .viewer,
    .probe {
      --background: Canvas;
      --surface: Canvas;
      --border: GrayText;
      --text: CanvasText;
      --subtle: CanvasText;
      --accent: Highlight;
      --muted: GrayText;
      --danger: CanvasText;
    }
  }
  .probe {
    position: absolute;
    inline-size: 0;
    block-size: 0;
    visibility: hidden;
    pointer-events: none;
    forced-color-adjust: none;
    background-color: var(--background);
    color: var(--text);
    outline-color: var(--muted);
    text-decoration-color: var(--accent);
    transition-property: background-color, color, outline-color, text-decoration-color;
    transition-duration: 1ms;
  }
`;

/**
 * The frame around the views. Its layout depends on its own size, not on the page's. In a low element, tools would leave no
 * map, and what is beside it no place: both scroll into view.
 */
export const shell = css`
  :host {
    display: block;
    position: relative;
    box-sizing: border-box;
    inline-size: 100%;
    block-size: var(--cluster-viewer-height, 560px);
  }
  :host([hidden]) {
    display: none;
  }
  .viewer {
    container: viewer / size;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: hidden;
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 1.5);
    background: var(--background);
    box-sizing: border-box;
    color: var(--text);
    font: 14px / 1.45 var(--font);
  }
  .header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 20px;
    padding: 6px 14px;
    border-block-end: 1px solid var(--border);
  }
  h2 {
    margin: 0;
    min-inline-size: 0;
    font-size: 16px;
    font-weight: 650;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .metrics {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
    margin: 0;
    font-size: 13px;
  }
  .metrics div {
    display: flex;
    gap: 5px;
  }
  .metrics dt {
    color: var(--subtle);
  }
  .metrics dd {
    margin: 0;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .end {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-inline-start: auto;
  }
  .notes {
    flex-basis: 100%;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 12px;
    color: var(--subtle);
  }
  .badge {
    position: relative;
    font-size: 12px;
  }
  .badge summary {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 2px 10px;
    border: 1px solid var(--border);
    border-radius: 99px;
    color: var(--subtle);
    cursor: pointer;
    list-style: none;
    white-space: nowrap;
  }
  .badge summary::-webkit-details-marker {
    display: none;
  }
  .badge summary::before {
    content: '';
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: light-dark(#1a8a3c, #4fd37d);
  }
  .badge.canvas summary::before {
    background: light-dark(#b36b00, #ffc34d);
  }
  .badge.none summary::before {
    background: var(--danger);
  }
  .badge p {
    position: absolute;
    inset-inline-end: 0;
    inset-block-start: calc(100% + 4px);
    z-index: 10;
    inline-size: max-content;
    max-inline-size: 280px;
    margin: 0;
    padding: 8px 12px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--background);
    color: var(--text);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.2);
  }
  .body {
    flex: 1;
    min-block-size: 0;
    display: grid;
    position: relative;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr) min(var(--side, clamp(290px, 29cqi, 480px)), 70cqi);
  }
  .body.alone {
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
  }
  .edge {
    position: absolute;
    z-index: 4;
    inset-block: 0;
    inset-inline-end: calc(min(var(--side, clamp(290px, 29cqi, 480px)), 70cqi) - 4px);
    inline-size: 8px;
    cursor: col-resize;
    touch-action: none;
  }
  .edge:hover,
  .edge:focus-visible {
    background: color-mix(in srgb, var(--accent) 40%, transparent);
  }
  .side-toggle {
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    padding: 0;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: none;
    color: var(--subtle);
    cursor: pointer;
  }
  .side-toggle svg {
    inline-size: 18px;
    block-size: 18px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
  }
  .map {
    position: relative;
    min-inline-size: 0;
    min-block-size: 0;
  }
  cluster-viewer-map {
    display: block;
    block-size: 100%;
  }
  .side {
    container: side / inline-size;
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    border-inline-start: 1px solid var(--border);
  }
  @container side (inline-size < 340px) {
    .tabs button {
      padding-inline: 5px;
    }
  }
  @container viewer (inline-size < 680px) {
    .body {
      grid-template: minmax(300px, 1.25fr) minmax(220px, 1fr) / minmax(0, 1fr);
      overflow: auto;
    }
    .edge {
      display: none;
    }
    .side {
      border-inline-start: 0;
      border-block-start: 1px solid var(--border);
    }
    .metrics {
      gap: 0 12px;
    }
  }
  @container viewer (inline-size < 680px) and (block-size < 420px) {
    .notes {
      display: none;
    }
  }
  .status {
    flex: 1;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 6px;
    padding: 24px;
    text-align: center;
    overflow: auto;
  }
  .status p,
  .banner p {
    margin: 0;
    max-inline-size: 60ch;
    overflow-wrap: anywhere;
  }
  .status strong {
    font-size: 16px;
    overflow-wrap: anywhere;
  }
  .banner {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 12px;
    padding: 7px 14px;
    border-block-end: 1px solid var(--border);
    background: var(--surface);
    font-size: 13px;
  }
  .banner.loading {
    animation: appear 0s 0.3s backwards;
  }
  @keyframes appear {
    from {
      visibility: hidden;
      position: absolute;
    }
  }
  .failed strong {
    color: var(--danger);
  }
  .failed .mark {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin-block-end: 6px;
    border: 2px solid var(--danger);
    border-radius: 50%;
    color: var(--danger);
    font-size: 24px;
    font-weight: 700;
  }
  .status button,
  .banner button {
    padding: 5px 16px;
    border: 1px solid var(--accent);
    border-radius: var(--radius);
    background: none;
    color: var(--accent);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .status button {
    margin-block-start: 8px;
  }
  .banner button {
    padding-block: 1px;
    margin-inline-start: auto;
  }
  progress {
    inline-size: min(280px, 70%);
    block-size: 8px;
    accent-color: var(--accent);
  }
  .banner progress {
    inline-size: 140px;
  }
  .subtle {
    color: var(--subtle);
  }
  code {
    font-family: ui-monospace, monospace;
    background: var(--surface);
    border-radius: 3px;
    padding: 0 4px;
  }
  .figure {
    position: relative;
    inline-size: 88px;
    block-size: 60px;
    margin-block-end: 8px;
  }
  .figure i {
    position: absolute;
    inline-size: 14px;
    block-size: 14px;
    border-radius: 50%;
    background: var(--muted);
  }
  .figure i:nth-child(1) {
    inset: 4px auto auto 8px;
  }
  .figure i:nth-child(2) {
    inset: 22px auto auto 22px;
    background: var(--accent);
  }
  .figure i:nth-child(3) {
    inset: 40px auto auto 4px;
  }
  .figure i:nth-child(4) {
    inset: 12px auto auto 62px;
  }
  .figure i:nth-child(5) {
    inset: 34px auto auto 54px;
  }
  @media (prefers-reduced-motion: no-preference) {
    .figure.moving i {
      animation: breathe 1.2s ease-in-out infinite alternate;
    }
    .figure.moving i:nth-child(2n) {
      animation-delay: -0.6s;
    }
  }
  @keyframes breathe {
    from {
      opacity: 0.35;
      transform: scale(0.8);
    }
  }
`;
