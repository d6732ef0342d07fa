import { InvalidArgumentError } from '@shoal/core';
import { isEmpty } from '../table/cells.ts';
import { findColumn, type ColumnReference } from '../table/find-column.ts';
import { labelColumnOf } from '../table/label-column.ts';
import type { Column, Table } from '../table/table.ts';
import { canBe } from './can-be.ts';
import { whyNumberIsId } from './id-columns.ts';
import type { ColumnRole, RecipeSettings, RolePairs } from './options.ts';
import type { ColumnPurpose } from './plan.ts';
import { roleOfTexts, type ChosenRole } from './text-role.ts';
import { quoted } from './quoted.ts';

/** What a column is to be used for, before its values are measured. */
export interface RoledColumn extends ChosenRole {
  readonly column: Column;
  readonly use: ColumnPurpose;
  /** Whether the caller said the role. */
  readonly told: boolean;
}

/** What a reference means in this table; the words of an option have no column. */
interface References {
  readonly label: number | undefined;
  readonly weight: number | undefined;
  readonly id: number | undefined;
  readonly vectors: number | undefined;
  readonly only: ReadonlySet<number> | undefined;
  readonly excluded: ReadonlySet<number>;
  readonly told: ReadonlyMap<number, ColumnRole>;
}

/**
 * Decides what each column is, and what it is used for.
 *
 * @throws {InvalidArgumentError} when an option names a column that is not there, or one column twice
 */
export function chooseRoles(table: Table, settings: RecipeSettings): readonly RoledColumn[] {
  const references = resolve(table, settings);
  const named = table.columns.some(({ name }) => name.trim() !== '');
  const chosen = table.columns.map((column, index) => {
    const role = references.told.get(index);
    // A column that is asked for by name is wanted, whatever it looks like.
    const guessIds = settings.id === 'auto' && !references.only?.has(index);
    const choice = role === undefined ? roleOf(column, table.rows, guessIds, named) : toldRole(column, role);
    const told = role !== undefined || index === references.id;
    return { column, told, ...purposeOf(index, references, choice) };
  });
  return keepSomething(chosen);
}

function resolve(table: Table, settings: RecipeSettings): References {
  const { columns, exclude = [], id, as, vectors, weight, labelColumn } = settings;
  const find = (wanted: ColumnReference, option: string): number => findColumn(table, wanted, option);
  const references = {
    label: labelColumnOf(table, labelColumn),
    weight: weight === undefined ? undefined : find(weight, 'weight'),
    id: id === 'auto' || id === 'none' ? undefined : find(id, 'id'),
    vectors: vectors === undefined ? undefined : find(vectors, 'vectors'),
    only: columns && new Set(columns.map((wanted) => find(wanted, 'columns'))),
    excluded: new Set(exclude.map((wanted) => find(wanted, 'exclude'))),
    told: toldRoles(table, as),
  };
  const purposes = [references.label, references.weight, references.id].filter(
    (index) => index !== undefined,
  );
  const twice = purposes.find((index, i) => purposes.indexOf(index) !== i);
  if (twice !== undefined) {
    throw new InvalidArgumentError(
      `The column ${quoted(table.columns[twice].name)} can be only one of the label, the weight and the id; it is named for two.`,
    );
  }
  const { vectors: chosen } = references;
  if (chosen !== undefined && table.columns[chosen].type !== 'vector') {
    throw new InvalidArgumentError(
      `vectors names the column ${quoted(table.columns[chosen].name)}, which has ${table.columns[chosen].type} values, not vectors.`,
    );
  }
  return references;
}

/** @throws {InvalidArgumentError} when there is no such column, or one gets two roles */
function toldRoles(table: Table, as: RolePairs): ReadonlyMap<number, ColumnRole> {
  const told = new Map<number, ColumnRole>();
  for (const [wanted, role] of as) {
    const index = findColumn(table, wanted, 'as');
    const before = told.get(index) ?? role;
    if (before !== role) {
      throw new InvalidArgumentError(
        `as gives the column ${quoted(table.columns[index].name)} two roles, "${before}" and "${role}"; a column has one.`,
      );
    }
    told.set(index, role);
  }
  return told;
}

function roleOf(column: Column, rows: number, guessIds: boolean, named: boolean): ChosenRole {
  if (isEmpty(column, rows)) return { role: 'left-out', why: 'It has no values.' };
  switch (column.type) {
    case 'number': {
      const why = guessIds ? whyNumberIsId(column, named) : undefined;
      return why === undefined ? { role: 'number', why: 'Numbers.' } : { role: 'id', why };
    }
    case 'boolean':
      return { role: 'boolean', why: 'True or false.' };
    case 'date':
      return { role: 'date', why: 'Dates.' };
    case 'text': {
      const chosen = roleOfTexts(column);
      return chosen.role === 'id' && !guessIds ? { role: 'text', why: chosen.why } : chosen;
    }
    case 'vector':
      return { role: 'vector', why: `Vectors of ${column.values.columns} numbers.` };
    case 'bytes':
      return { role: 'left-out', why: 'Bytes, such as encoded images.' };
  }
}

const TOLD: Readonly<Record<ColumnRole, string>> = {
  number: 'Told to be numbers.',
  category: 'Told to be categories.',
  boolean: 'Told to be true or false.',
  date: 'Told to be dates.',
  vector: 'Told to be vectors.',
  text: 'Told to be text.',
  id: 'Told to be an id.',
  'left-out': 'Left out as asked.',
};

/** @throws {InvalidArgumentError} when values of this type cannot have the role */
function toldRole({ name, type }: Column, role: ColumnRole): ChosenRole {
  if (canBe(type, role)) return { role, why: TOLD[role] };
  throw new InvalidArgumentError(
    `as: the column ${quoted(name)} has ${type} values, which cannot be of the role "${role}".`,
  );
}

const LEFT_OUT: ReadonlySet<ColumnRole> = new Set(['text', 'id', 'left-out']);

function purposeOf(
  index: number,
  { label, weight, id, vectors, only, excluded }: References,
  chosen: ChosenRole,
): ChosenRole & { readonly use: ColumnPurpose } {
  if (index === label) return { ...chosen, use: 'label', why: 'The known classes.' };
  if (index === weight) return { ...chosen, use: 'weight', why: 'The weight of each row.' };
  if (index === id) return { role: 'id', use: 'id', why: 'Named as the id.' };
  if (excluded.has(index)) return { ...chosen, use: 'left out', why: 'Excluded.' };
  if (only && !only.has(index))
    return { ...chosen, use: 'left out', why: 'Not among the columns asked for.' };
  if (vectors !== undefined && index !== vectors) {
    return { ...chosen, use: 'left out', why: 'Only the vectors of another column are used.' };
  }
  if (chosen.role === 'id') return { ...chosen, use: 'id' };
  return { ...chosen, use: LEFT_OUT.has(chosen.role) ? 'left out' : 'used' };
}

/** Guessed ids of numbers are used after all when nothing else is left. */
function keepSomething(columns: readonly RoledColumn[]): readonly RoledColumn[] {
  if (columns.some(({ use }) => use === 'used')) return columns;
  return columns.map((chosen) =>
    chosen.use === 'id' && !chosen.told && chosen.column.type === 'number'
      ? { ...chosen, role: 'number', use: 'used', why: 'Numbers; nothing else is left to use.' }
      : chosen,
  );
}
