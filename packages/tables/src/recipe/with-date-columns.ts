import type { Column, Table } from '../table/table.ts';
import { datesOfNumbers, requireDateNumbers } from './date-numbers.ts';
import type { ColumnUse } from './plan.ts';

/**
 * A table in which the numbers that a recipe takes for dates are dates, for people to read.
 *
 * @throws {DataError} when such numbers are not dates in one way
 */
export function withDateColumns(
  recipe: { readonly columns: readonly Pick<ColumnUse, 'name' | 'role'>[] },
  table: Table,
): Table {
  const dates = new Set(recipe.columns.filter(({ role }) => role === 'date').map(({ name }) => name));
  return {
    ...table,
    columns: table.columns.map((column) => (dates.has(column.name) ? dated(column) : column)),
  };
}

function dated(column: Column): Column {
  if (column.type !== 'number') return column;
  const { name, values } = column;
  const kind = requireDateNumbers(name, values);
  const precision = kind === 'years' || kind === 'days' ? 'day' : 'moment';
  return { type: 'date', name, values: datesOfNumbers(name, values, kind), precision };
}
