import { css } from 'lit';

export const displayStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    padding: 6px;
  }
  section {
    display: grid;
    gap: 6px;
  }
  .field {
    display: grid;
    grid-template-columns: 52px minmax(0, 1fr);
    align-items: center;
    gap: 6px;
    color: var(--subtle);
  }
  .field select {
    min-height: 30px;
    text-overflow: ellipsis;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 7px;
    cursor: pointer;
  }
  .check input {
    margin: 0;
    accent-color: var(--accent);
  }
  .sizes {
    display: flex;
    align-items: flex-end;
    justify-content: space-around;
    gap: 6px;
    margin: 2px 0 0;
    padding: 0;
    list-style: none;
    font-variant-numeric: tabular-nums;
  }
  .sizes li {
    display: grid;
    justify-items: center;
    gap: 2px;
  }
  .sizes i {
    border-radius: 50%;
    background: var(--subtle);
    forced-color-adjust: none;
  }
  p {
    margin: 0;
    color: var(--subtle);
  }
`;
