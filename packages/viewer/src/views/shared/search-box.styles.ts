import { css } from 'lit';

/** A box to search in. */
export const searchBoxStyles = css`
  input[type='search'] {
    inline-size: 100%;
    padding: 2px 8px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--background);
  }
  ::placeholder {
    color: var(--subtle);
    opacity: 1;
  }
`;
