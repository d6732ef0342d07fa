/** Rows that a kernel works on, counted from the first of all points. */
export interface RowRange {
  readonly start: number;
  readonly rows: number;
}

/** The fields that say so in the structs of kernels. */
export function rangeFields({ start, rows }: RowRange): { readonly firstRow: number; readonly rows: number } {
  return { firstRow: start, rows };
}
