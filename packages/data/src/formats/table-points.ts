import { matrix, type Matrix } from '@shoal/core';
import {
  classesOf,
  isMissing,
  labelColumnOf,
  pointsArray,
  smallestKind,
  type Classes,
  type Column,
  type NumberValues,
  type Table,
} from '@shoal/tables';
import type { Dataset, Labels } from '../dataset.ts';
import { FormatError } from '../errors.ts';
import { shortened } from './shortened.ts';

/** Which column of a table holds the label. */
export type LabelColumn = 'auto' | 'none' | 'first' | 'last' | number | { readonly name: string };

/** How numbers of a table become points. */
export interface TablePointsOptions {
  /**
   * The label's column: a number counts from 1, a name is looked up in the header. `auto` (default) takes the column
   * that the header calls "label", in any case of letters, or none when there is no such column, or no other.
   */
  readonly labelColumn?: LabelColumn | undefined;
  /** Factor applied when values are read (default 1). */
  readonly scale?: number | undefined;
}

/**
 * The numbers of a table as points, with the labels of its label column. For columns of other kinds, there are recipes.
 *
 * @throws {FormatError} when a column is not of numbers, or a value is missing
 * @throws {InvalidArgumentError} when there is no such label column
 */
export function pointsOfTable(table: Table, { labelColumn = 'auto', scale }: TablePointsOptions): Dataset {
  const { name } = table;
  const at = labelColumnOf(table, labelColumn);
  const used = table.columns.flatMap((column, index) => (index === at ? [] : [{ column, index }]));
  if (used.length === 0) {
    throw new FormatError(
      { file: name },
      'nothing is left for the points when the label column is taken out.',
    );
  }
  const [{ column: only }] = used;
  const classes = at === undefined ? undefined : classesOfLabels(table.columns[at], table);
  const points = used.length === 1 && only.type === 'vector' ? only.values : matrixOfColumns(used, table);
  return {
    name,
    points: { ...points, scale: scale ?? points.scale },
    ...classes,
    columnNames: used.map(({ column }) => column.name),
  };
}

/** @throws {FormatError} when it holds anything but one whole number of 32 bits per row */
export function labelsOfTable({ name, columns, rows }: Table): Labels {
  const [column] = columns;
  if (columns.length !== 1) {
    throw new FormatError({ file: name }, 'labels need exactly one column, one label per point.');
  }
  if (column.type === 'number') {
    const odd = column.values.findIndex((value) => (value | 0) !== value);
    if (odd >= 0) {
      const found = Number.isNaN(column.values[odd]) ? 'missing' : column.values[odd];
      throw new FormatError(
        { file: name },
        `label ${odd + 1} is ${found}; labels are whole numbers of 32 bits.`,
      );
    }
  }
  const { labels, classNames } = classesOf(column, rows);
  if (classNames === undefined) return labels;
  throw new FormatError(
    { file: name },
    `labels are whole numbers of 32 bits; these are "${shortened(classNames[0])}" and others.`,
  );
}

/** @throws {FormatError} when the labels are numbers but not all whole ones within 32 bits */
function classesOfLabels(column: Column, { name: file, rows }: Table): Classes {
  const odd =
    column.type === 'number'
      ? column.values.find((value) => !Number.isNaN(value) && (value | 0) !== value)
      : undefined;
  if (odd !== undefined) {
    throw new FormatError(
      { file },
      `the label ${odd} is not a whole number of 32 bits. Is the label in another column?`,
    );
  }
  return classesOf(column, rows);
}

/** A column, and its position in the table, from 0. */
interface IndexedColumn {
  readonly column: Column;
  readonly index: number;
}

/** Bytes when every value is one, float32 when that holds every value exactly, else float64. */
function matrixOfColumns(columns: readonly IndexedColumn[], { name: file, rows }: Table): Matrix {
  const values = columns.map((column) => numbersOf(column, rows, file));
  const data = pointsArray(smallestKind(values), rows * columns.length);
  for (const [j, column] of values.entries()) {
    for (let i = 0; i < rows; i++) data[i * columns.length + j] = column[i];
  }
  return matrix(data, rows, columns.length);
}

function numbersOf({ column, index }: IndexedColumn, rows: number, file: string): NumberValues {
  const { name, type } = column;
  const place = { file, column: index + 1 };
  const called = name === '' ? '' : ` "${shortened(name)}"`;
  if (column.type === 'text') {
    const row = column.codes.findIndex((code) => code >= 0 && Number.isNaN(Number(column.texts[code])));
    const text = column.texts[column.codes[Math.max(0, row)]] ?? '';
    throw new FormatError(
      place,
      `the column${called} is not of numbers: row ${Math.max(0, row) + 1} of the data has "${shortened(text)}". If it is a label or a header, set the labelColumn or header option; else use readTable and a recipe.`,
    );
  }
  if (column.type !== 'number' && column.type !== 'boolean') {
    throw new FormatError(
      place,
      `the column${called} is not of numbers (${type}). Use readTable and a recipe for it.`,
    );
  }
  for (let row = 0; row < rows; row++) {
    if (!isMissing(column, row)) continue;
    throw new FormatError(
      place,
      `a value of the column${called} is missing, in row ${row + 1} of the data. Use readTable and a recipe, which fills missing values.`,
    );
  }
  return column.values;
}
