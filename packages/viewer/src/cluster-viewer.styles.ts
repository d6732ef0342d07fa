import { css } from 'lit';

/** Custom properties, with the light theme's values; `theme` and the reader's preference choose between the two sets. */
export const tokens = css`
  :host {
    --cv-light-background: #ffffff;
    --cv-light-surface: #f4f6f8;
    --cv-light-border: #d4dae1;
    --cv-light-text: #1b2530;
    --cv-light-subtle: #566473;
    --cv-light-accent: #0b62c4;
    --cv-light-muted: #c9d1d9;
    --cv-light-danger: #a61b1b;
    --cv-dark-background: #11161c;
    --cv-dark-surface: #1b232c;
    --cv-dark-border: #33404e;
    --cv-dark-text: #e6ebf0;
    --cv-dark-subtle: #9fb0c0;
    --cv-dark-accent: #6cb2ff;
    --cv-dark-muted: #3b4754;
    --cv-dark-danger: #ff8f8f;
    --background: var(--cluster-viewer-background, var(--cv-background));
    --surface: var(--cluster-viewer-surface, var(--cv-surface));
    --border: var(--cluster-viewer-border, var(--cv-border));
    --text: var(--cluster-viewer-text, var(--cv-text));
    --subtle: var(--cluster-viewer-subtle, var(--cv-subtle));
    --accent: var(--cluster-viewer-accent, var(--cv-accent));
    --muted: var(--cluster-viewer-muted, var(--cv-muted));
    --danger: var(--cluster-viewer-danger, var(--cv-danger));
    --radius: var(--cluster-viewer-radius, 6px);
    --font: var(--cluster-viewer-font, system-ui, sans-serif);
  }
`;
