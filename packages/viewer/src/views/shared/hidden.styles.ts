import { css } from 'lit';

/** Text that screen readers read and nobody sees. */
export const hiddenStyles = css`
  .visually-hidden {
    position: absolute;
    /* Below the last element it would add a line to the page. */
    inset-block-start: 0;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
