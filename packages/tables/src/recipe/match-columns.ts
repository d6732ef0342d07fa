import { DataError } from '@shoal/core';
import { isEmpty } from '../table/cells.ts';
import type { Column, ColumnType, Table } from '../table/table.ts';
import { inUnit, unitOfNumbers } from '../table/units.ts';
import { unitOf } from './numbers-of.ts';
import type { ColumnUse, NumberEncoding } from './plan.ts';
import { quoted, quotedList } from './quoted.ts';

/**
 * The columns of a table that have the names of a recipe's, in the order of the recipe; undefined where the table has no
 * such column. Of several columns with one name, the first is the recipe's first, and so on.
 */
export function matchColumns(
  uses: readonly ColumnUse[],
  { columns }: Table,
): readonly (Column | undefined)[] {
  const byName = new Map<string, Column[]>();
  for (const column of columns) {
    const known = byName.get(column.name);
    if (known) known.push(column);
    else byName.set(column.name, [column]);
  }
  const taken = new Map<string, number>();
  return uses.map(({ name }) => {
    const place = taken.get(name) ?? 0;
    taken.set(name, place + 1);
    return byName.get(name)?.[place];
  });
}

/** Types that the values of a column may have in another file, by its type in the recipe's. */
const CATEGORY_TYPES: readonly ColumnType[] = ['text', 'number', 'boolean', 'date'];

/**
 * Checks that the columns a recipe uses are there and have its types.
 *
 * @throws {DataError} naming the columns that are missing, or one of another type
 */
export function requireColumns(
  uses: readonly ColumnUse[],
  found: readonly (Column | undefined)[],
  table: Table,
): void {
  const absent = uses.filter(({ use }, i) => use === 'used' && found[i] === undefined);
  if (absent.length > 0) {
    throw new DataError(
      `${table.name} lacks ${absent.length === 1 ? 'a column' : `${absent.length} columns`} that the recipe uses: ${quotedList(absent.map(({ name }) => name))}. ` +
        'Give a table with the columns that it was fitted to; their order does not matter.',
    );
  }
  for (const [i, use] of uses.entries()) {
    const column = found[i];
    if (use.use === 'used' && column) requireType(use, column, table);
  }
}

function requireType(use: ColumnUse, column: Column, table: Table): void {
  const { type, role, encoding } = use;
  const fits =
    column.type === type ||
    ((role === 'category' || role === 'boolean') && CATEGORY_TYPES.includes(column.type)) ||
    // A file may have true and false where the one of the recipe has 1 and 0.
    (role === 'number' && column.type === 'boolean') ||
    isEmpty(column, table.rows);
  if (!fits) {
    throw new DataError(
      `The column ${quoted(column.name)} of ${table.name} has ${column.type} values, but the recipe was fitted to ${type} values. ` +
        'Give a table with columns of the same types.',
    );
  }
  requireSameUnit(use, column, table);
  if (encoding?.kind === 'number') requireSpan(encoding.unit, unitOf(column, role === 'date'), column, table);
  if (encoding?.kind !== 'vector' || column.type !== 'vector') return;
  if (encoding.width === column.values.columns) return;
  throw new DataError(
    `The vectors of the column ${quoted(column.name)} of ${table.name} have ${column.values.columns} numbers, but the recipe was fitted to ${encoding.width}.`,
  );
}

const COUNTED: Readonly<Record<NumberEncoding['unit'], string>> = {
  one: 'numbers',
  day: 'dates',
  hour: 'times of day',
};

/** A number says nothing without what it is counted in: 3500 g are not 3500 kg. */
function requireSameUnit({ unit: wanted }: ColumnUse, column: Column, table: Table): void {
  const unit = unitOfNumbers(column);
  if (wanted === undefined || unit === wanted || isEmpty(column, table.rows)) return;
  const advice =
    wanted === ''
      ? `Write them without ${quoted(unit)}, converted to what the recipe was fitted to, or fit again.`
      : `Write them in ${quoted(wanted)}, or fit again.`;
  throw new DataError(
    `The numbers in the column ${quoted(column.name)} of ${table.name} are ${inUnit(unit)}, but the recipe was fitted to numbers ${inUnit(wanted)}. ${advice}`,
  );
}

/** Hours of a day are not days. */
function requireSpan(
  wanted: NumberEncoding['unit'],
  unit: NumberEncoding['unit'],
  column: Column,
  table: Table,
): void {
  if (unit === wanted || isEmpty(column, table.rows)) return;
  throw new DataError(
    `The column ${quoted(column.name)} of ${table.name} has ${COUNTED[unit]}, but the recipe was fitted to ${COUNTED[wanted]}. ` +
      'Give a table with columns of the same kinds.',
  );
}
