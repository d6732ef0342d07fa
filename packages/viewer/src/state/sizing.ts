import type { NamedColumn } from '../interaction/named-columns.ts';

/** How large points are drawn. */
export interface Sizing {
  readonly column: NamedColumn;
  /** Size of each point: `USUAL_SIZE` of the renderer is the usual diameter. */
  readonly bytes: Uint8Array;
  /** The values of the smallest and the largest points; those outside have the size of the nearest. */
  readonly low: number;
  readonly high: number;
  /** Number of points without a value, which have the least size. */
  readonly without: number;
}
