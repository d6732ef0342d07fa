/** Rows that a kernel works on, counted from the first point. */
export interface RowRange {
  readonly start: number;
  readonly rows: number;
}

/** The fields of the range in the structs of kernels. */
export function rangeFields({ start, rows }: RowRange): { readonly firstRow: number; readonly rows: number } {
  return { firstRow: start, rows };
}
