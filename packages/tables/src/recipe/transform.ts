import { DataError, type Matrix } from '@shoal/core';
import { classesOf, type Classes } from '../table/classes-of.ts';
import type { Column, NumberValues, Table } from '../table/table.ts';
import { takeRows } from '../table/take-rows.ts';
import { categoryWriter, mapLevels } from './category-encoding.ts';
import { codesOf } from './codes-of.ts';
import { matchColumns, requireColumns } from './match-columns.ts';
import { missingRows, refuseMissing, rowsWithout, rowsWithoutAll } from './missing.ts';
import { numberWriter } from './number-encoding.ts';
import { numbersOf } from './numbers-of.ts';
import type { CategoryEncoding, ColumnEncoding, ColumnUse, RecipePlan } from './plan.ts';
import { hasMissingComponent, vectorWriter } from './vector-encoding.ts';
import { writePoints, type PlacedWriter, type PointsKind } from './write-points.ts';
import { weightsOf } from './weights-of.ts';

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
  /** The weight of each point; absent when there is no such column. */
  readonly weights?: Float64Array | undefined;
  /** Height and width, when each point is an image. */
  readonly imageShape?: readonly [height: number, width: number] | undefined;
  /** What happened to which rows, a sentence each. */
  readonly notes: readonly string[];
}

/** A column that is used, as this table has it. */
interface Source {
  readonly use: ColumnUse;
  readonly column: Column;
  readonly encoding: ColumnEncoding;
  /** Rows without a value; of vectors, without any. */
  readonly missing: Uint32Array;
}

/** The points of a table by a recipe; see `Recipe.transform`. */
export function transformTable(plan: RecipePlan, table: Table): TablePoints {
  if (table.rows === 0) throw new DataError(`${table.name} has no rows.`);
  const found = matchColumns(plan.columns, table);
  requireColumns(plan.columns, found, table);
  const sources = plan.columns.flatMap((use, i) => {
    const column = found[i];
    if (!column || !use.encoding) return [];
    return [{ use, column, encoding: use.encoding, missing: missingRows(column, table.rows, 'all') }];
  });
  const notes: string[] = [];
  const rows = usableRows(plan, sources, table, notes);
  const only = sources.length === 1 ? sources[0].column : undefined;
  const whole = only?.type === 'vector' ? ownMatrix(only, sources[0].encoding, table, rows) : undefined;
  const points = whole ?? encodeRows(sources, rows, table, notes);
  notes.push(...ignoredColumns(plan, table));
  const columnFor = (purpose: ColumnUse['use']): Column | undefined =>
    found[plan.columns.findIndex(({ use }) => use === purpose)];
  const [label, weight] = [columnFor('label'), columnFor('weight')];
  return {
    points,
    rows,
    tableRows: table.rows,
    classes: label && classesOf(label, table.rows),
    weights: weight && weightsOf(weight, rows),
    imageShape: only?.type === 'vector' ? only.imageShape : undefined,
    notes,
  };
}

/** The rows that get a point. */
function usableRows(
  { missing: rule }: RecipePlan,
  sources: readonly Source[],
  table: Table,
  notes: string[],
): Uint32Array {
  const incomplete = sources.map(({ column, encoding, missing }) => {
    const partial = column.type === 'vector' && (rule === 'drop' || rule === 'error' || !hasFill(encoding));
    return partial ? missingRows(column, table.rows, 'any') : missing;
  });
  if (rule === 'error')
    sources.forEach(({ column }, i) => {
      refuseMissing(column, incomplete[i]);
    });
  const unfillable = incomplete.filter((_, i) => rule === 'drop' || !hasFill(sources[i].encoding));
  const usable = rowsWithout(table.rows, unfillable);
  const rows = rule === 'drop' ? usable : withoutEmpty(usable, sources, table);
  const lost = table.rows - rows.length;
  if (rows.length === 0) {
    throw new DataError(
      `None of the ${table.rows} rows of ${table.name} has the values that the recipe needs in the columns that it uses.`,
    );
  }
  if (lost > 0) {
    const why = rule === 'drop' ? 'lack a value' : 'have no value in any column that is used';
    notes.push(`${lost} of ${table.rows} rows ${why}: they get no cluster.`);
  }
  const replaced = rule === 'drop' ? [] : sources.filter(({ missing }) => missing.length > lost);
  if (replaced.length > 0) {
    const counts = replaced.slice(0, 5).map(({ use, missing }) => `"${use.name}" ${missing.length}`);
    const more = replaced.length > 5 ? `, and ${replaced.length - 5} more columns` : '';
    notes.push(
      `Missing values: ${counts.join(', ')}${more}. Numbers get the median, categories a level of their own.`,
    );
  }
  return rows;
}

/** Whether an encoding can stand for a missing value: a vector's only when the fit had some. */
function hasFill(encoding: ColumnEncoding): boolean {
  return encoding.kind !== 'vector' || encoding.fill !== undefined;
}

/** Without rows that lack every value. */
function withoutEmpty(rows: Uint32Array, sources: readonly Source[], table: Table): Uint32Array {
  const filled = rowsWithoutAll(
    table.rows,
    sources.map(({ missing }) => missing),
  );
  if (filled.length === table.rows) return rows;
  if (rows.length === table.rows) return filled;
  const kept = new Set(filled);
  return rows.filter((row) => kept.has(row));
}

/** The matrix of a single vector column, which is taken as it is when nothing changes its values. */
function ownMatrix(
  column: Extract<Column, { type: 'vector' }>,
  encoding: ColumnEncoding,
  table: Table,
  rows: Uint32Array,
): Matrix | undefined {
  if (encoding.kind !== 'vector' || encoding.center !== 0 || encoding.scale !== 1) return undefined;
  if (hasMissingComponent(column.values, `the column "${column.name}"`) && encoding.fill) return undefined;
  if (rows.length === table.rows) return column.values;
  const [taken] = takeRows({ ...table, columns: [column] }, rows).columns;
  return taken.type === 'vector' ? taken.values : undefined;
}

function encodeRows(sources: readonly Source[], rows: Uint32Array, table: Table, notes: string[]): Matrix {
  const raw: NumberValues[] = [];
  const writers = sources.map((source): PlacedWriter => {
    const { use, column, encoding } = source;
    switch (encoding.kind) {
      case 'number': {
        const numbers = isAllMissing(source, table)
          ? { values: new Float64Array(table.rows).fill(NaN), unit: encoding.unit }
          : numbersOf(column, use.role === 'date');
        const plain =
          encoding.center === 0 && encoding.scale === 1 && encoding.unit === 'one' && !encoding.indicator;
        if (plain && source.missing.length === 0) raw.push(numbers.values);
        return { width: use.width, write: numberWriter(numbers, encoding) };
      }
      case 'category':
        return { width: use.width, write: categories(source, encoding, table, notes) };
      case 'vector': {
        if (column.type !== 'vector') throw new DataError(`The column "${column.name}" has no vectors.`);
        hasMissingComponent(column.values, `the column "${column.name}"`);
        return { width: use.width, write: vectorWriter(column.values, encoding) };
      }
    }
  });
  return writePoints(writers, rows, raw.length === sources.length ? smallestKind(raw) : 'float64');
}

function isAllMissing({ missing, column, use }: Source, { rows }: Table): boolean {
  return missing.length === rows && column.type !== use.type;
}

function categories(
  { use, column }: Source,
  encoding: CategoryEncoding,
  table: Table,
  notes: string[],
): PlacedWriter['write'] {
  if (column.type === 'vector' || column.type === 'bytes') return () => undefined;
  const codes = codesOf(column);
  const map = mapLevels(codes.texts, encoding);
  if (map.unknown.length > 0) {
    const unknown = new Set(map.unknown);
    const count = codes.codes.reduce((sum, code) => sum + Number(unknown.has(code)), 0);
    const names = map.unknown.slice(0, 3).map((code) => JSON.stringify(codes.texts[code]));
    if (count > 0) {
      notes.push(
        `"${use.name}": ${count} of ${table.rows} rows have categories that the recipe does not know, such as ${names.join(', ')}; they are as far from each of its categories.`,
      );
    }
  }
  return categoryWriter(codes, map, encoding.weight);
}

/** The smallest type that holds all values exactly. */
function smallestKind(columns: readonly NumberValues[]): PointsKind {
  const every = (fits: (value: number) => boolean): boolean =>
    columns.every((values) => {
      for (let i = 0; i < values.length; i++) if (!fits(values[i])) return false;
      return true;
    });
  if (every((value) => (value & 255) === value)) return 'bytes';
  return every((value) => Math.fround(value) === value) ? 'float32' : 'float64';
}

function ignoredColumns({ columns }: RecipePlan, table: Table): readonly string[] {
  const known = new Set(columns.map(({ name }) => name));
  const extra = table.columns.filter(({ name }) => !known.has(name));
  if (extra.length === 0) return [];
  const names = extra.slice(0, 5).map(({ name }) => JSON.stringify(name));
  const more = extra.length > 5 ? `, and ${extra.length - 5} more` : '';
  return [`Columns that the recipe does not know are ignored: ${names.join(', ')}${more}.`];
}
