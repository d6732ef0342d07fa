import type { JsonValue } from '@shoal/core';
import type { Pausable } from '@shoal/core/engine-kit';
import { FormatError } from '../../errors.ts';
import { ARRAY_COLUMN } from '../array-column.ts';
import { isJsonObject } from '../json.ts';
import { parseElements } from './parse-elements.ts';
import { ListColumns, ObjectColumns } from './row-columns.ts';
import type { JsonContent } from './typed-content.ts';

/** Called with the number of bytes that are read. */
export type OnBytes = (completed: number) => void;

/** What a note says of whole numbers that became texts. */
export const LONG_INTEGERS = 'Whole numbers beyond 2^53 are kept as texts, because numbers would be rounded.';

/** Elements of an array, and where what follows it starts. */
export interface ElementList {
  readonly values: readonly JsonValue[];
  readonly next: number;
  readonly notes: readonly string[];
}

/** Reads an array of values that are kept as they are. */
export function* readElements(
  bytes: Uint8Array,
  start: number,
  file: string,
  onBytes: OnBytes,
): Pausable<ElementList> {
  const values: JsonValue[] = [];
  const notes = new Set<string>();
  let next = start;
  for (const piece of parseElements(bytes, start, file)) {
    for (const value of piece.values) values.push(value);
    if (piece.hasLongIntegers) notes.add(LONG_INTEGERS);
    ({ next } = piece);
    onBytes(next);
    yield;
  }
  return { values, next, notes: [...notes] };
}

/**
 * Reads an array that is the whole file: of objects, of lists of one length, or of single values.
 *
 * @param start behind the bracket that opens it
 * @throws {FormatError} when its elements are of different kinds, or something follows it
 */
export function* readArray(
  bytes: Uint8Array,
  start: number,
  file: string,
  onBytes: OnBytes,
): Pausable<{ readonly content: JsonContent; readonly next: number }> {
  const rows = new ArrayRows(file);
  let next = start;
  for (const piece of parseElements(bytes, start, file)) {
    for (const value of piece.values) rows.add(value);
    if (piece.hasLongIntegers) rows.note(LONG_INTEGERS);
    ({ next } = piece);
    onBytes(next);
    yield;
  }
  return { content: rows.finish(), next };
}

/** The content of a file from the rows in it, one by one. */
export class ArrayRows {
  readonly #file: string;
  readonly #notes = new Set<string>();
  readonly #single: JsonValue[] = [];
  #columns: ObjectColumns | ListColumns | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  note(sentence: string): void {
    this.#notes.add(sentence);
  }

  /** @param line of the file, when it has one row per line */
  add(row: JsonValue, line?: number): void {
    if (this.#columns === undefined && this.#single.length === 0) {
      if (isJsonObject(row)) this.#columns = new ObjectColumns(this.#file);
      else if (Array.isArray(row)) this.#columns = new ListColumns(this.#file, row as readonly JsonValue[]);
    }
    if (this.#columns !== undefined) this.#columns.add(row, line);
    else if (typeof row === 'object' && row !== null) {
      throw new FormatError(
        { file: this.#file, row: line },
        `row ${this.#single.length + 1} is ${Array.isArray(row) ? 'a list' : 'an object'}, and the rows before it are single values.`,
      );
    } else this.#single.push(row);
  }

  /** @throws {FormatError} when there are no rows, or no columns */
  finish(): JsonContent {
    const name = this.#file;
    const notes = [...this.#notes];
    const rows = this.#columns?.rows ?? this.#single.length;
    const numbers = this.#columns instanceof ListColumns ? this.#columns.numbers() : this.#singleNumbers();
    if (rows > 0 && numbers !== undefined) {
      return { data: numbers, shape: this.#columns === undefined ? [rows] : [rows, numbers.length / rows] };
    }
    const finished = this.#columns?.finish() ?? {
      rows,
      columns: [{ name: ARRAY_COLUMN, values: this.#single }],
    };
    if (rows === 0 || finished.columns.length === 0) {
      throw new FormatError(
        { file: name },
        'the file has no rows: the list is empty, or the objects in it are.',
      );
    }
    return { name, rows: finished.rows, columns: finished.columns, notes };
  }

  #singleNumbers(): Float64Array | undefined {
    if (this.#columns !== undefined) return undefined;
    const isNumeric = this.#single.every((value) => typeof value === 'number' || value === null);
    return isNumeric
      ? Float64Array.from(this.#single, (value) => (typeof value === 'number' ? value : NaN))
      : undefined;
  }
}
