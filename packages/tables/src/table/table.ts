import type { Matrix } from '@shoal/core';

/** Numbers of a column. Only floats can hold a missing value, which is NaN. */
export type NumberValues =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

interface NamedColumn {
  readonly name: string;
  /**
   * The column's type in its file, where that says more than `type`: "int64", "decimal(10, 2)". Writers of typed formats
   * keep it.
   */
  readonly stored?: string | undefined;
}

/** Numbers; a missing one is NaN. */
export interface NumberColumn extends NamedColumn {
  readonly type: 'number';
  readonly values: NumberValues;
  /** Whether every value that is there is a whole number. */
  readonly integers: boolean;
  /** The unit, currency or percent sign that its file has at each number: "kg", "€", "%". */
  readonly unit?: string | undefined;
}

/** True and false: 1, 0, or `MISSING_BOOLEAN`. */
export interface BooleanColumn extends NamedColumn {
  readonly type: 'boolean';
  readonly values: Uint8Array;
  /**
   * What its file has for 0 and 1, such as "no" and "yes"; default "false" and "true". Categories are compared by these words,
   * because another file may have further ones.
   */
  readonly words?: readonly [no: string, yes: string] | undefined;
}

/** Points in time; a missing one is NaN. */
export interface DateColumn extends NamedColumn {
  readonly type: 'date';
  /** Milliseconds since 1970-01-01 00:00 UTC; of a time without a day, milliseconds since midnight. */
  readonly values: Float64Array;
  readonly precision: 'day' | 'moment' | 'time';
}

/** Texts. Each distinct one is stored once. */
export interface TextColumn extends NamedColumn {
  readonly type: 'text';
  /** The distinct texts, in order of appearance. */
  readonly texts: readonly string[];
  /** One index into `texts` per row, or `MISSING_CODE`. */
  readonly codes: Int32Array;
}

/** One vector per row: an embedding, or an image's pixels. */
export interface VectorColumn extends NamedColumn {
  readonly type: 'vector';
  /** One row per row of the table. A missing value is NaN, and a missing vector has nothing else. */
  readonly values: Matrix;
  /** Height and width, when each vector is an image in row-major order. */
  readonly imageShape?: readonly [height: number, width: number] | undefined;
}

/** Bytes of encoded images and the like, which Shoal carries along and does not cluster. */
export interface BytesColumn extends NamedColumn {
  readonly type: 'bytes';
  readonly values: readonly (Uint8Array | undefined)[];
}

export type Column = NumberColumn | BooleanColumn | DateColumn | TextColumn | VectorColumn | BytesColumn;
export type ColumnType = Column['type'];

/** Columns of one length. Names may be repeated or empty, as files have them. */
export interface Table {
  /** Where it comes from: a file's name. */
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Name of the file format that it was read from: "csv", "parquet". */
  readonly format?: string | undefined;
  /** "," when it was a text with decimal commas: other files of the same kind are then read in the same way. */
  readonly decimal?: ',' | undefined;
  /** What was taken for granted when it was read, a sentence each: "Semicolons separate the values." */
  readonly notes: readonly string[];
}
