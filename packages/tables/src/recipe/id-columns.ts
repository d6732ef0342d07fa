import type { NumberColumn, NumberValues } from '../table/table.ts';

/** "id", "CustomerID", "passengerId", "user_id", "uuid", "id_customer". */
const ID_NAME = /^ids?[\s_.-]|(^|[\s_.-])(ids?|uid|uuid|guid|pk|rowid|objectid)$/i;
const ID_AT_CAPITAL = /[a-z0-9](Id|ID)$/;
/** What the index of a data frame is called: pandas leaves it without a name, and reads it back as "Unnamed: 0". */
const INDEX_NAME = /^(|unnamed: *\d+|index|idx)$/i;
/** What counters of rows are called; R calls a column without a name "X". */
const COUNTER_NAME =
  /^(#|n|no\.?|nr\.?|num|number|s\.?no\.?|serial|row|rows|row[\s_.]?(num|number|name|names|index)|obs|observation|sample|case|record)$/i;
const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;

/** Whether a name says that the values identify rows. */
export function hasIdName(name: string): boolean {
  const trimmed = name.trim();
  return ID_NAME.test(trimmed) || ID_AT_CAPITAL.test(trimmed);
}

/**
 * Why a column of numbers identifies rows, as a sentence; undefined when it does not seem to. Numbers with decimals never
 * do. Different whole numbers do with the name of an index, also after rows were sorted or taken out. A count of the rows
 * does only with a name that says so, because a year or a position can be a sequence as well.
 *
 * @param named whether any column of the table has a name
 */
export function whyNumberIsId(
  { name: given, values, integers }: NumberColumn,
  named: boolean,
): string | undefined {
  if (!integers || values.length < 3) return undefined;
  const name = given.trim();
  if (hasIdName(name)) return 'Whole numbers with the name of an id.';
  // Where no column has a name, its absence says nothing.
  if (name === '' && !named) return undefined;
  if (INDEX_NAME.test(name) && areDifferent(values))
    return 'Different whole numbers with the name of an index.';
  if ((name === 'X' || COUNTER_NAME.test(name)) && countRows(values))
    return `It counts the rows from ${values[0]}.`;
  return undefined;
}

/** Whether all values are there, and no two are equal. */
function areDifferent(values: NumberValues): boolean {
  const seen = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]) || seen.has(values[i])) return false;
    seen.add(values[i]);
  }
  return true;
}

/** Whether the values are 0, 1, 2, ... or 1, 2, 3, ... in the order of the rows. */
function countRows(values: NumberValues): boolean {
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
