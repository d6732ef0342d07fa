import { DataError } from '@shoal/core';
import type { Table } from '../table/table.ts';
import { takeRows } from '../table/take-rows.ts';
import { unitOfNumbers } from '../table/units.ts';
import { fitCategory } from './category-encoding.ts';
import { chooseRoles, type RoledColumn } from './choose-roles.ts';
import { DATE_WORDS, requireDateNumbers, timeHint, type DateNumbers } from './date-numbers.ts';
import { chooseScaling } from './choose-scaling.ts';
import { columnGroups, type MeasuredNumber } from './column-groups.ts';
import { codesOf, countLevels, type Codes } from './codes-of.ts';
import { fitNotes, whyUsed } from './fit-notes.ts';
import { missingRows, refuseMissing, rowsWithout } from './missing.ts';
import { centerAndScale } from './number-encoding.ts';
import { numberFacts, type NumberFacts } from './number-facts.ts';
import { numbersOf, UNITS, type Numbers } from './numbers-of.ts';
import { recipeSettings, type ColumnRole, type RecipeOptions, type RecipeSettings } from './options.ts';
import {
  widthOf,
  type CategoryEncoding,
  type ColumnEncoding,
  type ChosenScaling,
  type ColumnUse,
  type NumberEncoding,
  type RecipePlan,
} from './plan.ts';
import { quoted, quotedList } from './quoted.ts';
import { fitVector, hasMissingComponent, type VectorScaling } from './vector-encoding.ts';

/** A column after its values were measured. */
interface MeasuredColumn extends RoledColumn {
  /** Of a number column that is used. */
  readonly number?: MeasuredNumbers | undefined;
  /** Of a category that is used. */
  readonly category?: CategoryEncoding | undefined;
}

interface MeasuredNumbers extends MeasuredNumber {
  readonly numbers: Numbers;
  /** What numbers are as dates. */
  readonly dates: DateNumbers | undefined;
}

/** Learns from a table how it becomes points; see `Recipe.fit`. */
export function fitRecipe(table: Table, options: RecipeOptions): RecipePlan {
  const settings = recipeSettings(options);
  if (table.rows === 0) throw new DataError(`${table.name} has no rows.`);
  const { measured, groups } = settle(chooseRoles(table, settings), table, settings);
  requireSomething(measured, table);
  const inUse = measured.filter(({ use }) => use === 'used');
  const scaling = chooseScaling(settings.scaling, {
    numbers: inUse.flatMap(({ number }) => number ?? []),
    groups,
    categories: inUse.flatMap(({ column: { name }, category }) =>
      category ? { name, encoding: category } : [],
    ),
    vectors: inUse.filter(({ role }) => role === 'vector').length,
  });
  const shared =
    settings.scaling === 'auto' && scaling.kind === 'standardize'
      ? commonScales(groups)
      : new Map<MeasuredNumber, number>();
  const encoding = { scaling, shared, settings, alone: inUse.length === 1 };
  const columns = measured.map((column, i) => {
    const missing = missingRows(table.columns[i], table.rows, 'any').length;
    return describeUse(column, encode(column, encoding), { missing, rows: table.rows }, scaling.kind);
  });
  return { columns, missing: settings.missing, scaling, notes: fitNotes(columns, table) };
}

/** Columns with their facts, and which of them are of one kind. */
interface Settled {
  readonly measured: readonly MeasuredColumn[];
  readonly groups: readonly (readonly MeasuredNumbers[])[];
}

/** Measures the columns; once more without the rows that are dropped, which only the columns in use decide. */
function settle(roled: readonly RoledColumn[], table: Table, settings: RecipeSettings): Settled {
  const all = measureAll(roled, settings);
  const kept = keptRows(all.measured, table, settings);
  if (kept === undefined) return all;
  const { columns } = takeRows(table, kept);
  const fewer = all.measured.map(({ role, use, why, told }, i) => ({
    role,
    use,
    why,
    told,
    column: columns[i],
  }));
  return measureAll(fewer, settings);
}

function measureAll(roled: readonly RoledColumn[], settings: RecipeSettings): Settled {
  const measured = roled.map(measure);
  const groups = columnGroups(measured.flatMap(({ number }) => number ?? []));
  return { measured: leaveOutConstants(measured, groups, settings), groups };
}

/** The rows that are learned from; undefined for all. */
function keptRows(
  roled: readonly RoledColumn[],
  table: Table,
  { missing }: RecipeSettings,
): Uint32Array | undefined {
  if (missing !== 'drop' && missing !== 'error') return undefined;
  const lists = roled
    .filter(({ use }) => use === 'used')
    .map(({ column }) => {
      const rows = missingRows(column, table.rows, 'any');
      if (missing === 'error') refuseMissing(column, rows, table.name);
      return rows;
    });
  if (lists.every(({ length }) => length === 0)) return undefined;
  const kept = rowsWithout(table.rows, lists);
  if (kept.length > 0) return kept;
  throw new DataError(
    `Every one of the ${table.rows} rows of ${table.name} lacks a value, so dropping such rows leaves none. ` +
      "Leave out columns, or choose missing: 'impute'.",
  );
}

/** Facts of a column that is used; a category that says nothing is left out. */
function measure(chosen: RoledColumn): MeasuredColumn {
  const { column, use, role } = chosen;
  if (use !== 'used') return chosen;
  switch (role) {
    case 'number':
    case 'date': {
      const dates =
        role === 'date' && column.type === 'number'
          ? requireDateNumbers(column.name, column.values)
          : undefined;
      const numbers = numbersOf(column, role === 'date', dates);
      const facts = numberFacts(numbers.values, `the column ${quoted(column.name)}`);
      const why = dates === undefined ? chosen.why : `Told to be dates: ${DATE_WORDS[dates]}.`;
      return { ...chosen, why, number: { name: column.name, role, facts, numbers, dates } };
    }
    case 'boolean':
    case 'category': {
      const codes = codesOf(column);
      if (role === 'boolean') requireTwoValues(column.name, codes);
      const { encoding, why } = fitCategory(codes, chosen.told);
      return why === undefined
        ? { ...chosen, category: encoding }
        : { ...chosen, ...uselessCategory(chosen, why) };
    }
    case 'vector':
    case 'text':
    case 'id':
    case 'left-out':
      return chosen;
  }
}

/** @throws {DataError} when a column has more than two different values, which are not true and false */
function requireTwoValues(name: string, codes: Codes): void {
  const { counts } = countLevels(codes);
  const found = codes.texts.filter((_, i) => counts[i] > 0);
  if (found.length <= 2) return;
  throw new DataError(
    `The column ${quoted(name)} has ${found.length} different values, such as ${quotedList(found.slice(0, 3))}, so it cannot be true or false. Take it as a category.`,
  );
}

/** Numbers that are all equal say nothing, except among columns of one kind, whose places count: those of pixels. */
function leaveOutConstants(
  columns: readonly MeasuredColumn[],
  groups: readonly (readonly MeasuredNumbers[])[],
  { missing: rule }: RecipeSettings,
): readonly MeasuredColumn[] {
  const grouped = new Set(groups.flat());
  const kept = columns.map((measured) => {
    const { number, role } = measured;
    if (!number?.facts.constant || grouped.has(number)) return measured;
    if (rule === 'indicator' && number.numbers.missing.length > 0) return measured;
    const { present, min } = number.facts;
    const why = present === 0 ? 'It has no values.' : `Constant: all values are ${shownValue(min, role)}.`;
    return { ...measured, use: 'left out' as const, why, number: undefined };
  });
  // Rows that are all equal can still be clustered, and estimators warn of it.
  return kept.some(({ use }) => use === 'used') ? kept : columns;
}

/** Texts in too many categories are text, whose words can still describe clusters. */
function uselessCategory(
  { column, role, told }: RoledColumn,
  why: string,
): Pick<RoledColumn, 'role' | 'use' | 'why'> {
  return { role: column.type === 'text' && !told ? 'text' : role, use: 'left out', why };
}

function shownValue(value: number, role: ColumnRole): string {
  return role === 'date' && Math.abs(value) < 8.64e15 ? new Date(value).toISOString() : String(value);
}

/** Of the columns, something must be left to cluster by. */
function requireSomething(columns: readonly MeasuredColumn[], { name }: Table): void {
  if (columns.some(({ use }) => use === 'used')) return;
  const reasons = columns.slice(0, 10).map(({ column, why }) => `${quoted(column.name)}: ${why}`);
  const more = columns.length > 10 ? ` And ${columns.length - 10} more.` : '';
  throw new DataError(
    `No column of ${name} can be used to cluster by. ${reasons.join(' ')}${more} ` +
      'Say what a column is with the option as, such as { x: "category" }.',
  );
}

/** What the encodings of all columns depend on. */
interface EncodingInput {
  readonly scaling: ChosenScaling;
  /** The scales that columns of one kind share. */
  readonly shared: ReadonlyMap<MeasuredNumber, number>;
  readonly settings: RecipeSettings;
  /** Whether only one column is used. */
  readonly alone: boolean;
}

function encode(
  { use, role, column, number, category }: MeasuredColumn,
  { scaling, shared, settings, alone }: EncodingInput,
): ColumnEncoding | undefined {
  if (use !== 'used') return undefined;
  if (category) return category;
  if (number) {
    const guessed = settings.scaling === 'auto' && scaling.kind === 'standardize';
    const scale = shared.get(number) ?? (guessed && isFlag(number.facts) ? 1 : undefined);
    return encodeNumber(number, scaling.kind, scale, settings.missing === 'indicator');
  }
  if (role !== 'vector' || column.type !== 'vector') return undefined;
  const what = `the column ${quoted(column.name)}`;
  const how: VectorScaling = settings.scaling === 'auto' && !alone ? 'as one number' : scaling.kind;
  return fitVector(column.values, what, how, hasMissingComponent(column.values, what));
}

/** Whether there are two values, 0 and 1 or others that are 1 apart: like a category of two, and they weigh as one. */
function isFlag({ bytes, min, max }: NumberFacts): boolean {
  return bytes && max - min === 1;
}

/** @param given the scale, where it is not that of the column alone */
function encodeNumber(
  { facts, numbers, dates }: MeasuredNumbers,
  kind: ChosenScaling['kind'],
  given: number | undefined,
  indicate: boolean,
): NumberEncoding {
  const { values, unit, missing } = numbers;
  const size = UNITS[unit];
  const { center, scale } = centerAndScale(kind, facts, values);
  return {
    kind: 'number',
    unit,
    ...(dates !== undefined && { dates }),
    fill: facts.median / size,
    center: center / size,
    scale: (given ?? scale) / (kind === 'none' ? 1 : size),
    indicator: indicate && missing.length > 0,
  };
}

/** For each group the scale that gives its columns a mean variance of 1. */
function commonScales(groups: readonly (readonly MeasuredNumber[])[]): ReadonlyMap<MeasuredNumber, number> {
  return new Map(
    groups.flatMap((group) => {
      const variance = group.reduce((sum, { facts }) => sum + facts.deviation ** 2, 0) / group.length;
      return group.map((member) => [member, Math.sqrt(variance)] as const);
    }),
  );
}

function describeUse(
  { column, role, use, why, number }: MeasuredColumn,
  encoding: ColumnEncoding | undefined,
  counts: Pick<ColumnUse, 'missing' | 'rows'>,
  scaling: ChosenScaling['kind'],
): ColumnUse {
  const { name, type } = column;
  const unit = type === 'number' ? { unit: unitOfNumbers(column) } : {};
  const told = { name, type, role, use, ...counts, ...unit };
  if (!encoding) return { ...told, why, width: 0 };
  const hint = role === 'number' && column.type === 'number' ? timeHint(name, column.values) : undefined;
  const spread = number?.facts.constant ? 'none' : number && isFlag(number.facts) ? 'flag' : 'usual';
  const reason = whyUsed(encoding, scaling, why, spread);
  return {
    ...told,
    why: hint === undefined ? reason : `${reason} ${hint}`,
    width: widthOf(encoding),
    encoding,
  };
}
