import { DataError } from '@shoal/core';
import type { Table } from '../table/table.ts';
import { takeRows } from '../table/take-rows.ts';
import { fitCategory } from './category-encoding.ts';
import { chooseRoles, type RoledColumn } from './choose-roles.ts';
import { chooseScaling, type MeasuredNumber, type ScalingPlan } from './choose-scaling.ts';
import { codesOf } from './codes-of.ts';
import { fitNotes, whyUsed } from './fit-notes.ts';
import { missingRows, refuseMissing, rowsWithout } from './missing.ts';
import { centerAndScale } from './number-encoding.ts';
import { numberFacts } from './number-facts.ts';
import { numbersOf, UNITS, type Numbers } from './numbers-of.ts';
import { recipeSettings, type RecipeOptions, type RecipeSettings } from './options.ts';
import {
  widthOf,
  type CategoryEncoding,
  type ColumnEncoding,
  type ChosenScaling,
  type ColumnUse,
  type NumberEncoding,
  type RecipePlan,
} from './plan.ts';
import { fitVector, hasMissingComponent, type VectorScaling } from './vector-encoding.ts';

/** A column after its values were measured. */
interface MeasuredColumn extends RoledColumn {
  /** Of a number column that is used. */
  readonly number?: (MeasuredNumber & { readonly numbers: Numbers }) | undefined;
  /** Of a category that is used. */
  readonly category?: CategoryEncoding | undefined;
}

/** Learns from a table how it becomes points; see `Recipe.fit`. */
export function fitRecipe(table: Table, options: RecipeOptions): RecipePlan {
  const settings = recipeSettings(options);
  if (table.rows === 0) throw new DataError(`${table.name} has no rows.`);
  const roled = chooseRoles(table, settings);
  const kept = keptRows(roled, table, settings);
  const whole = kept === undefined;
  const used = whole ? table : takeRows(table, kept);
  const measured = roled.map((chosen, i) =>
    measure(whole ? chosen : { ...chosen, column: used.columns[i] }, used.rows, settings),
  );
  requireSomething(measured, table);
  const inUse = measured.filter(({ use }) => use === 'used');
  const scaling = chooseScaling(settings.scaling, {
    numbers: inUse.flatMap(({ number }) => number ?? []),
    categories: inUse.filter(({ category }) => category !== undefined).length,
    vectors: inUse.filter(({ role }) => role === 'vector').length,
  });
  const alone = inUse.length === 1;
  const factors = commonScales(scaling.runs);
  const columns = measured.map((column, i) =>
    describeUse(
      column,
      encode(column, { scaling, factors, settings, alone }),
      {
        missing: missingRows(table.columns[i], table.rows, 'any').length,
        rows: table.rows,
      },
      scaling.kind,
    ),
  );
  const { kind, why } = scaling;
  return { columns, missing: settings.missing, scaling: { kind, why }, notes: fitNotes(columns, table) };
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
      if (missing === 'error') refuseMissing(column, rows);
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

/** Facts of a column that is used; a column that says nothing is left out. */
function measure(chosen: RoledColumn, rows: number, { missing: rule }: RecipeSettings): MeasuredColumn {
  const { column, use, role } = chosen;
  if (use !== 'used') return chosen;
  switch (role) {
    case 'number':
    case 'date': {
      const numbers = numbersOf(column, role === 'date');
      const facts = numberFacts(numbers.values, `the column "${column.name}"`);
      if (facts.constant && !(rule === 'indicator' && facts.present < rows)) {
        return {
          ...chosen,
          use: 'left out',
          why: `Constant: all values are ${shownValue(facts.min, role)}.`,
        };
      }
      return { ...chosen, number: { name: column.name, role, facts, numbers } };
    }
    case 'boolean':
    case 'category': {
      const { encoding, why } = fitCategory(codesOf(column), chosen.told);
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

/** Texts in too many categories are text, whose words can still describe clusters. */
function uselessCategory(
  { column, role, told }: RoledColumn,
  why: string,
): Pick<RoledColumn, 'role' | 'use' | 'why'> {
  return { role: column.type === 'text' && !told ? 'text' : role, use: 'left out', why };
}

function shownValue(value: number, role: 'number' | 'date'): string {
  return role === 'date' && Math.abs(value) < 8.64e15 ? new Date(value).toISOString() : String(value);
}

/** Of the columns, something must be left to cluster by. */
function requireSomething(columns: readonly MeasuredColumn[], { name }: Table): void {
  if (columns.some(({ use }) => use === 'used')) return;
  const reasons = columns.slice(0, 10).map(({ column, why }) => `"${column.name}": ${why}`);
  const more = columns.length > 10 ? ` And ${columns.length - 10} more.` : '';
  throw new DataError(
    `No column of ${name} can be used to cluster by. ${reasons.join(' ')}${more} ` +
      'Say what a column is with the option as, such as { x: "category" }.',
  );
}

/** What the encodings of all columns depend on. */
interface Encoding {
  readonly scaling: ScalingPlan<MeasuredNumber>;
  /** The factors that columns of runs share. */
  readonly factors: ReadonlyMap<MeasuredNumber, number>;
  readonly settings: RecipeSettings;
  /** Whether one column is used only. */
  readonly alone: boolean;
}

function encode(
  { use, role, column, number, category }: MeasuredColumn,
  { scaling, factors, settings, alone }: Encoding,
): ColumnEncoding | undefined {
  if (use !== 'used') return undefined;
  if (category) return category;
  if (number)
    return encodeNumber(number, scaling.kind, factors.get(number), settings.missing === 'indicator');
  if (role !== 'vector' || column.type !== 'vector') {
    throw new DataError(`The column "${column.name}" has ${column.type} values, not vectors.`);
  }
  const what = `the column "${column.name}"`;
  const how: VectorScaling = settings.scaling === 'auto' && !alone ? 'as one number' : scaling.kind;
  return fitVector(column.values, what, how, hasMissingComponent(column.values, what));
}

function encodeNumber(
  measured: MeasuredNumber & { readonly numbers: Numbers },
  kind: ChosenScaling['kind'],
  factor: number | undefined,
  indicate: boolean,
): NumberEncoding {
  const { facts, numbers } = measured;
  const { values, unit } = numbers;
  const size = UNITS[unit];
  const { center, scale } = centerAndScale(kind, facts, values);
  return {
    kind: 'number',
    unit,
    fill: facts.median / size,
    center: center / size,
    scale: (factor ?? scale) / (kind === 'none' ? 1 : size),
    indicator: indicate && facts.present < values.length,
  };
}

/** For each run the factor that gives its members a mean variance of 1. */
function commonScales(runs: ScalingPlan<MeasuredNumber>['runs']): ReadonlyMap<MeasuredNumber, number> {
  return new Map(
    runs.flatMap((members) => {
      const variance = members.reduce((sum, { facts }) => sum + facts.deviation ** 2, 0) / members.length;
      return members.map((member) => [member, Math.sqrt(variance) || 1] as const);
    }),
  );
}

function describeUse(
  { column, role, use, why }: MeasuredColumn,
  encoding: ColumnEncoding | undefined,
  counts: Pick<ColumnUse, 'missing' | 'rows'>,
  scaling: ChosenScaling['kind'],
): ColumnUse {
  const { name, type } = column;
  const told = { name, type, role, use, ...counts };
  if (!encoding) return { ...told, why, width: 0 };
  return { ...told, why: whyUsed(encoding, scaling, why), width: widthOf(encoding), encoding };
}
