import type { NumberColumn } from '../table/table.ts';

/** "id", "CustomerID", "passengerId", "user_id", "uuid". */
const ID_NAME = /(^|[\s_.-])(ids?|uuid|guid|pk|rowid)$/i;
const ID_AT_CAPITAL = /[a-z0-9](Id|ID)$/;
/** What counters of rows are called. */
const COUNTER_NAME =
  /^(|unnamed: *\d+|index|idx|x|#|n|no\.?|nr\.?|num|number|s\.?no\.?|serial|row|rows|row[\s_.]?(num|number|name|names|index)|obs|observation|sample|case|record)$/i;
const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;

/** Whether a name says that the values identify rows. */
export function hasIdName(name: string): boolean {
  const trimmed = name.trim();
  return ID_NAME.test(trimmed) || ID_AT_CAPITAL.test(trimmed);
}

/**
 * Why a column of numbers identifies rows, as a sentence; undefined when it does not seem to. Numbers with decimals never
 * do. A sequence does only with a name that says so, because a year or a position can be a sequence as well.
 *
 * @param named whether any column of the table has a name
 */
export function whyNumberIsId(column: NumberColumn, named: boolean): string | undefined {
  if (!column.integers || column.values.length < 3) return undefined;
  const name = column.name.trim();
  if (hasIdName(name)) return 'Whole numbers with the name of an id.';
  if (!COUNTER_NAME.test(name) || !countsRows(column)) return undefined;
  if (name === '' && !named) return undefined;
  return `It counts the rows from ${column.values[0]}.`;
}

/** Whether the values are 0, 1, 2, ... or 1, 2, 3, ... in the order of the rows. */
function countsRows({ values }: NumberColumn): boolean {
  const first = values[0];
  if (first !== 0 && first !== 1) return false;
  for (let i = 1; i < values.length; i++) if (values[i] !== first + i) return false;
  return true;
}

/** Whether texts are UUIDs, by the first few. */
export function areUuids(texts: readonly string[]): boolean {
  const some = texts.slice(0, 20);
  return some.length > 0 && some.every((text) => UUID.test(text.trim()));
}
