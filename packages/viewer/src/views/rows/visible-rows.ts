/** Height of a row in CSS pixels. */
export const ROW_HEIGHT = 28;
/** Rows above and below those in view, so that scrolling does not show gaps. */
const SPARE = 8;
/** Browsers cannot scroll through an element that is much higher than this many rows. */
export const MAX_ROWS = 500_000;

/** The rows to create, from `start` to before `end`. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/**
 * @param top CSS pixels that the table is scrolled by
 * @param height CSS pixels in view
 * @param count number of rows
 */
export function visibleRows(top: number, height: number, count: number): RowRange {
  const first = Math.floor(top / ROW_HEIGHT) - SPARE;
  const end = Math.min(count, Math.ceil((top + height) / ROW_HEIGHT) + SPARE);
  return { start: Math.max(0, Math.min(first, count - 1)), end: Math.max(0, end) };
}
