import type { DateColumn } from '@shoal/tables';

/** A column in the description of a view; its values are the next row of the tensor of its kind. */
export type ColumnText = { readonly name: string; readonly stored?: string | undefined } & (
  | {
      readonly type: 'number';
      readonly integers: boolean;
      /** Whether its values are in float32, which then holds each of them exactly. */
      readonly single: boolean;
    }
  | { readonly type: 'boolean' }
  | { readonly type: 'date'; readonly precision: DateColumn['precision'] }
  | {
      readonly type: 'text';
      /** Number of its distinct texts: as many of the next texts are its own. */
      readonly texts: number;
    }
);

/** The tensors of columns: one row for each column of that kind. */
export const COLUMN_TENSORS = {
  column_singles: Float32Array,
  column_doubles: Float64Array,
  column_flags: Uint8Array,
  column_codes: Int32Array,
} as const;

export type ColumnTensor = keyof typeof COLUMN_TENSORS;

/** The tensor that has a column's values. */
export function tensorOf(column: ColumnText): ColumnTensor {
  switch (column.type) {
    case 'number':
      return column.single ? 'column_singles' : 'column_doubles';
    case 'boolean':
      return 'column_flags';
    case 'date':
      return 'column_doubles';
    case 'text':
      return 'column_codes';
  }
}

/** A column's description, read from JSON of an untrusted file; undefined when it is malformed. */
export function readColumnText(value: unknown): ColumnText | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, stored, type, integers, single, precision, texts } = value as Record<string, unknown>;
  if (typeof name !== 'string' || (stored !== undefined && typeof stored !== 'string')) return undefined;
  const about = { name, ...(stored !== undefined && { stored }) };
  if (type === 'number' && typeof integers === 'boolean' && typeof single === 'boolean') {
    return { ...about, type, integers, single };
  }
  if (type === 'boolean') return { ...about, type };
  if (type === 'date' && (precision === 'day' || precision === 'moment' || precision === 'time')) {
    return { ...about, type, precision };
  }
  if (type === 'text' && typeof texts === 'number' && Number.isSafeInteger(texts) && texts >= 0) {
    return { ...about, type, texts };
  }
  return undefined;
}
