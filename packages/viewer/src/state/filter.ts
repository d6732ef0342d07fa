import type { ColumnId } from './column-id.ts';

/** Keeps points whose number or date is within a range, ends included. */
export interface RangeFilter {
  readonly by: ColumnId;
  /** Milliseconds since 1970 of dates, or of the day of times; default the least value. */
  readonly low?: number | undefined;
  /** Default the greatest value. */
  readonly high?: number | undefined;
  /** Whether points without a value are kept; default no. */
  readonly missing?: boolean | undefined;
}

/** Keeps points of some values: texts of a column, names of classes, or numbers of clusters. */
export interface ValuesFilter {
  readonly by: ColumnId | 'cluster' | 'class';
  /** Null means no value, no class, or no cluster. */
  readonly values: readonly (string | number | null)[];
}

/** What a point must have to be shown in color; several filters combine. Plain JSON. */
export type Filter = RangeFilter | ValuesFilter;
