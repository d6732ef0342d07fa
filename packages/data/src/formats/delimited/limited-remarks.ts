/** Greatest number of columns of which something is said one by one. */
const MAX_REMARKS = 20;

/** What is to be said of single columns, of the first ones if they are many. */
export function limited(remarks: readonly (() => string)[]): readonly string[] {
  const more = remarks.length - MAX_REMARKS;
  return [
    ...remarks.slice(0, MAX_REMARKS).map((remark) => remark()),
    ...(more > 0 ? [`${more} more columns are text or dates for such reasons.`] : []),
  ];
}
