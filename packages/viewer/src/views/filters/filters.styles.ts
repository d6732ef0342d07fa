import { css } from 'lit';

export const filtersStyles = css`
  .all {
    padding: 0 12px 16px;
  }
  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 3;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin-inline: -12px;
    padding: 8px 12px;
    background: var(--background);
    border-block-end: 1px solid var(--border);
    font-variant-numeric: tabular-nums;
  }
  .head p {
    margin: 0;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
    border-color: var(--border);
  }
  .all > input[type='search'] {
    min-height: 30px;
    margin-block-start: 12px;
  }
  section {
    margin-block-start: 10px;
    padding-block: 2px 6px;
    border-block-end: 1px solid color-mix(in srgb, var(--border) 60%, transparent);
  }
  h3 {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 28px;
    margin: 0 0 2px;
    font-size: 13px;
    font-weight: 600;
  }
  h3 bdi {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h3 .says {
    font-weight: 400;
  }
  .filtered h3 .says {
    color: var(--accent);
  }
  h3 button {
    min-block-size: 24px;
    min-height: 24px;
    padding: 0 7px;
  }
  .ends {
    display: flex;
    justify-content: space-between;
    margin: 6px 2px 0;
    font-size: 12px;
  }
  .missing {
    display: flex;
    align-items: center;
    gap: 7px;
    margin-block-start: 4px;
    cursor: pointer;
  }
  .missing input {
    margin: 0;
    accent-color: var(--accent);
  }
`;
