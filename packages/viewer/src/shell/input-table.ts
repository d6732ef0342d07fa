import { InvalidArgumentError } from '@shoal/core';
import { tableOf, type Table } from '@shoal/tables';
import type { ColumnsInput, ViewerInputs } from './inputs.ts';

/** The columns that a page gives, with ids and texts first, as one table; nothing without any. */
export function inputTable({
  columns = {},
  ids,
  texts,
}: Pick<ViewerInputs, 'columns' | 'ids' | 'texts'>): Table | undefined {
  const named = namedColumns(columns);
  const free = (name: string): string =>
    named.some(([other]) => other === name) ? `${name} (of the point)` : name;
  const all = [
    ...(ids === undefined ? [] : [[free('id'), ids] as const]),
    ...(texts === undefined ? [] : [[free('text'), texts] as const]),
    ...named,
  ];
  return all.length === 0 ? undefined : tableOf(Object.fromEntries(all), { name: 'columns' });
}

/** @throws {InvalidArgumentError} when a table lacks a column that it names */
function namedColumns(
  columns: ColumnsInput,
): readonly (readonly [name: string, values: ArrayLike<unknown>])[] {
  if (!isArrow(columns)) return Object.entries(columns);
  return columns.schema.fields.map(({ name }) => {
    const values = columns.getChild(name);
    if (values) return [name, Array.from(values)];
    throw new InvalidArgumentError(`The table of columns names "${name}" but does not have it.`);
  });
}

function isArrow(columns: ColumnsInput): columns is Extract<ColumnsInput, { getChild: unknown }> {
  return typeof columns['getChild' as keyof ColumnsInput] === 'function';
}
