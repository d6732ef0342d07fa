/** The rows of a part that are in a range of all rows: `first` to `end`, of which there are none when it is not greater. */
export function rangeWithin(
  part: { readonly start: number; readonly rows: number },
  start: number,
  count: number,
): { readonly first: number; readonly end: number } {
  return { first: Math.max(start, part.start), end: Math.min(start + count, part.start + part.rows) };
}
