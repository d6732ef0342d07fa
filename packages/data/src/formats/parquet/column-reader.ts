import type { Column } from '@shoal/tables';
import type { Leaf } from './leaves.ts';
import type { Page } from './pages.ts';

/** A column of the table while its pages are read. */
export interface ColumnReader {
  /** Rows read so far. */
  readonly rows: number;
  /** Takes the next page of one of its leaves. */
  add(page: Page, leaf: Leaf): void;
  /** Takes notice that all pages of a row group were added. */
  endGroup?(): void;
  /** The column, or undefined when its values need another reader. */
  column(): ReadColumn | undefined;
}

export interface ReadColumn {
  readonly column: Column;
  /** What was taken for granted, a sentence. */
  readonly note?: string | undefined;
}

/** How much there is to read. */
export interface Extent {
  /** Rows of the table. */
  readonly rows: number;
  /** Values of the column's first leaf, with those of lists. */
  readonly values: number;
}

/** What one column of the table is read from, and how. */
export interface ColumnPlan {
  readonly name: string;
  readonly leaves: readonly Leaf[];
  readonly open: (extent: Extent) => ColumnReader;
  /** For values that the first reader has no column for. */
  readonly otherwise?: ColumnPlan | undefined;
}

/**
 * Calls for each row of a page without lists, in order.
 *
 * @param present gets the index of the value among those that are not missing
 */
export function eachRow(
  { count, definitions }: Page,
  { maxDefinition }: Leaf,
  present: (value: number) => void,
  missing: () => void,
): void {
  let value = 0;
  for (let i = 0; i < count; i++) {
    if (definitions === undefined || definitions[i] === maxDefinition) present(value++);
    else missing();
  }
}
