import { DataError, matrix, type Matrix } from '@shoal/core';
import { isEmpty, MISSING_CODE } from '../table/cells.ts';
import { classesOf, type Classes } from '../table/classes-of.ts';
import { smallestKind } from '../table/smallest-kind.ts';
import type { Column, NumberValues, Table } from '../table/table.ts';
import { takeRows } from '../table/take-rows.ts';
import { categoryWriter, unknownLevels } from './category-encoding.ts';
import { codesOf, type Codes } from './codes-of.ts';
import { matchColumns, requireColumns } from './match-columns.ts';
import { matchLevels } from './match-levels.ts';
import { missingRows } from './missing.ts';
import { numberWriter } from './number-encoding.ts';
import { numbersOf, type Numbers } from './numbers-of.ts';
import {
  isUsed,
  type CategoryEncoding,
  type ColumnEncoding,
  type ColumnPurpose,
  type NumberEncoding,
  type RecipePlan,
  type UsedColumn,
  type VectorEncoding,
} from './plan.ts';
import { usableRows, type Gaps } from './usable-rows.ts';
import { hasMissingComponent, vectorWriter } from './vector-encoding.ts';
import { weightsOf } from './weights-of.ts';
import { writePoints, type BlockWriter } from './write-points.ts';
import { quoted, quotedList } from './quoted.ts';

/** The points of a table. */
export interface TablePoints {
  /** One row per row of `rows`. */
  readonly points: Matrix;
  /** The row of the table that each point is of, ascending. */
  readonly rows: Uint32Array;
  /** Rows of the table. */
  readonly tableRows: number;
  /** The known class of each row of the table, with or without a point; absent when there is no such column. */
  readonly classes?: Classes | undefined;
  /** The weight of each point; absent when there is no such column, or they were not asked for. */
  readonly weights?: Float64Array | undefined;
  /** Height and width, when each point is an image. */
  readonly imageShape?: readonly [height: number, width: number] | undefined;
  /** What happened to which rows, a sentence each. */
  readonly notes: readonly string[];
}

export interface TransformOptions {
  /** Whether to read the weights (default true). Without them, the weight column may hold anything, or be missing. */
  readonly weights?: boolean | undefined;
}

/** A column that is used, as this table has it. */
type Source = NumberSource | CategorySource | VectorSource;

interface NumberSource extends Gaps {
  readonly kind: 'number';
  readonly use: UsedColumn;
  readonly encoding: NumberEncoding;
  readonly numbers: Numbers;
}

interface CategorySource extends Gaps {
  readonly kind: 'category';
  readonly use: UsedColumn;
  readonly encoding: CategoryEncoding;
  readonly codes: Codes;
}

interface VectorSource extends Gaps {
  readonly kind: 'vector';
  readonly use: UsedColumn;
  readonly encoding: VectorEncoding;
  readonly vectors: Matrix;
}

/** The points of a table by a recipe; see `Recipe.transform`. */
export function transformTable(
  plan: RecipePlan,
  table: Table,
  { weights = true }: TransformOptions,
): TablePoints {
  if (table.rows === 0) throw new DataError(`${table.name} has no rows.`);
  const found = matchColumns(plan.columns, table);
  requireColumns(plan.columns, found, table);
  const sources = plan.columns.flatMap((use, i) => {
    const column = found[i];
    return column && isUsed(use) ? [sourceOf(use, column, table)] : [];
  });
  const { rows, notes } = usableRows(sources, plan.missing, table);
  const only = sources.length === 1 && sources[0].column.type === 'vector' ? sources[0].column : undefined;
  const own = only && ownMatrix(only, sources[0].encoding, table, rows);
  const columnFor = (purpose: ColumnPurpose): Column | undefined =>
    found[plan.columns.findIndex(({ use }) => use === purpose)];
  const [label, weight] = [columnFor('label'), weights ? columnFor('weight') : undefined];
  return {
    points: own ?? encodeRows(sources, rows),
    rows,
    tableRows: table.rows,
    classes: label && classesOf(label, table.rows),
    weights: weight && weightsOf(weight, rows),
    imageShape: only?.imageShape,
    notes: [
      ...notes,
      ...sources.flatMap((source) => unknownCategories(source, table)),
      ...ignoredColumns(plan, table),
    ],
  };
}

function sourceOf(use: UsedColumn, column: Column, table: Table): Source {
  const { encoding } = use;
  const { rows } = table;
  // An empty column may have any type.
  const empty = column.type !== use.type && isEmpty(column, rows);
  switch (encoding.kind) {
    case 'number': {
      const numbers = empty ? missingNumbers(rows) : numbersOf(column, use.role === 'date', encoding.dates);
      return { kind: 'number', use, column, encoding, numbers, missing: numbers.missing };
    }
    case 'category': {
      const own = empty ? missingCodes(rows) : codesOf(column);
      const codes = matchLevels(own, encoding, use.type === 'boolean');
      return { kind: 'category', use, column, encoding, codes, missing: missingRows(column, rows, 'all') };
    }
    case 'vector': {
      const vectors = column.type === 'vector' ? column.values : missingVectors(rows, encoding.width);
      return { kind: 'vector', use, column, encoding, vectors, missing: missingRows(column, rows, 'all') };
    }
  }
}

function missingVectors(rows: number, width: number): Matrix {
  return matrix(new Float64Array(rows * width).fill(NaN), rows, width);
}

function missingNumbers(rows: number): Numbers {
  const missing = Uint32Array.from({ length: rows }, (_, row) => row);
  return { values: new Float64Array(rows).fill(NaN), unit: 'one', missing };
}

function missingCodes(rows: number): Codes {
  return { texts: [], codes: new Int32Array(rows).fill(MISSING_CODE) };
}

/** The matrix of a single vector column, which is taken as it is when nothing changes its values. */
function ownMatrix(
  column: Extract<Column, { type: 'vector' }>,
  encoding: ColumnEncoding,
  table: Table,
  rows: Uint32Array,
): Matrix | undefined {
  if (encoding.kind !== 'vector' || encoding.center !== 0 || encoding.scale !== 1) return undefined;
  if (hasMissingComponent(column.values, `the column ${quoted(column.name)}`) && encoding.fill)
    return undefined;
  if (rows.length === table.rows) return column.values;
  const [taken] = takeRows({ ...table, columns: [column] }, rows).columns;
  return taken.type === 'vector' ? taken.values : undefined;
}

function encodeRows(sources: readonly Source[], rows: Uint32Array): Matrix {
  const writers = sources.map((source) => ({ width: source.use.width, write: writerOf(source) }));
  const plain = sources.flatMap((source) => plainNumbers(source) ?? []);
  if (plain.length === sources.length) return writePoints(writers, rows, smallestKind(plain));
  const values = writers.reduce((sum, { width }) => sum + width, 0) * rows.length;
  return writePoints(
    writers,
    rows,
    values >= MANY_VALUES && sources.every(isNearZero) ? 'float32' : 'float64',
  );
}

/** So many values take 16 MiB as float32. */
const MANY_VALUES = 2 ** 22;

/**
 * Whether coordinates are centered and scaled, here in float64, or are indicators: then float32 has digits enough for
 * engines, which round to it anyway, and a large table takes half the memory.
 */
function isNearZero(source: Source): boolean {
  switch (source.kind) {
    case 'category':
      return true;
    case 'number':
      return source.encoding.scale !== 1;
    case 'vector':
      return source.encoding.scale !== 1 || !(source.vectors.data instanceof Float64Array);
  }
}

function writerOf(source: Source): BlockWriter {
  switch (source.kind) {
    case 'number':
      return numberWriter(source.numbers, source.encoding);
    case 'category':
      return categoryWriter(source.codes, source.encoding);
    case 'vector':
      hasMissingComponent(source.vectors, `the column ${quoted(source.column.name)}`);
      return vectorWriter(source.vectors, source.encoding);
  }
}

/** The numbers of a column that become coordinates as they are. */
function plainNumbers(source: Source): NumberValues | undefined {
  if (source.kind !== 'number' || source.missing.length > 0) return undefined;
  const { center, scale, unit, indicator } = source.encoding;
  return center === 0 && scale === 1 && unit === 'one' && !indicator ? source.numbers.values : undefined;
}

/** @throws {DataError} when several rows have values, and the recipe knows none of them: it was fitted to something else */
function unknownCategories(source: Source, table: Table): readonly string[] {
  if (source.kind !== 'category') return [];
  const { use, codes, encoding, missing } = source;
  const { count, examples } = unknownLevels(codes, encoding);
  if (count === 0) return [];
  if (count > 1 && count === table.rows - missing.length) {
    throw new DataError(
      `The recipe knows none of the categories in the column ${quoted(use.name)} of ${table.name}, such as ${quotedList(examples)}. ` +
        `It was fitted to ${quotedList(encoding.levels)}. Write them in the same way, or fit again.`,
    );
  }
  return [
    `${quoted(use.name)}: ${count} of ${table.rows} rows have categories that the recipe does not know, such as ${quotedList(examples)}.`,
  ];
}

function ignoredColumns({ columns }: RecipePlan, table: Table): readonly string[] {
  const known = new Set(columns.map(({ name }) => name));
  const extra = table.columns.filter(({ name }) => !known.has(name));
  if (extra.length === 0) return [];
  const names = quotedList(extra.map(({ name }) => name));
  return [`Columns that the recipe does not know are ignored: ${names}.`];
}
