import type { NumberColumn, Table } from '../table/table.ts';

/** "id", "CustomerID", "passengerId", "user_id", "uuid", "row index". */
const ID_NAME = /(^|[\s_.-])(ids?|uuid|guid|pk|index|idx|rowid|row_?id|row_?names?)$|[a-z0-9](Id|ID)$/;
/** What counters are called. */
const COUNTER_NAME =
  /^(|unnamed: *\d+|x|#|n|no\.?|nr\.?|num|number|s\.?no\.?|serial|row|rows|rownum|row_?number|obs|observation|sample|case|record)$/i;
const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;

/** Whether a name says that the values identify rows. */
export function hasIdName(name: string): boolean {
  return ID_NAME.test(name.trim()) || ID_NAME.test(name.trim().toLowerCase());
}

/**
 * Why a column of numbers identifies rows, as a sentence; undefined when it does not seem to. Numbers with decimals never
 * do, and a sequence does only with a name that says so, because a year or a position is a sequence as well.
 */
export function whyNumberIsId(column: NumberColumn, index: number, table: Table): string | undefined {
  if (!column.integers || table.rows < 3) return undefined;
  if (hasIdName(column.name)) return 'Whole numbers with the name of an id.';
  const counts = COUNTER_NAME.test(column.name.trim());
  if (!counts || !countsRows(column)) return undefined;
  // Of a table without names, a column is no index because it has none.
  if (column.name.trim() === '' && table.columns.every(({ name }, i) => i === index || name.trim() === '')) {
    return undefined;
  }
  return `It counts the rows from ${column.values[0]}${index === 0 ? '' : ', and is called so'}: an index.`;
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
