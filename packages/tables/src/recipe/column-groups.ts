import type { NumberFacts } from './number-facts.ts';
import type { ColumnRole } from './options.ts';

/** Fewer columns make no group: "x1" and "x2" can be anything. */
const SMALLEST = 3;
/** Of columns that have no names of their own, so many are needed: the numbers are then those of a reader. */
const SMALLEST_UNNAMED = 16;
/** What columns without names are called by those who must call them something. */
const UNNAMED_STEMS: ReadonlySet<string> = new Set([
  '',
  'column',
  'col',
  'c',
  'v',
  'var',
  'field',
  'attribute',
]);
/** So many columns of bytes are the pixels of images, whatever their names and spreads are. */
const PIXELS = 64;
/** A column that spreads more than the median column by this factor is of another kind than the rest. */
const MAX_SPREAD = 10;

/** A number column that is used, measured. */
export interface MeasuredNumber {
  readonly name: string;
  readonly role: ColumnRole;
  readonly facts: NumberFacts;
}

/**
 * Columns of one kind, such as pixels or the components of an embedding: at least 64 columns, all of bytes; or neighboring
 * columns that are numbered one after the other ("x0", "x1", "x2", "pixel1", "f_0") of which none spreads more than ten times
 * as much as the median one. Numbers without a word ("0", "1", "2"), or with one that says nothing ("column 1"), count from
 * 16 columns on. Constant columns may be among them.
 */
export function columnGroups<Column extends MeasuredNumber>(
  columns: readonly Column[],
): readonly (readonly Column[])[] {
  if (arePixels(columns)) return [columns];
  const groups: Column[][] = [];
  let before: Numbered | undefined;
  for (const column of columns) {
    const name = column.role === 'number' ? numbered(column.name) : undefined;
    if (name && before && follows(before, name)) groups[groups.length - 1].push(column);
    else if (name) groups.push([column]);
    before = name;
  }
  return groups.filter(areOfOneKind);
}

interface Numbered {
  readonly stem: string;
  /** NaN without a name. */
  readonly number: number;
}

function numbered(name: string): Numbered | undefined {
  const trimmed = name.trim();
  let digits = trimmed.length;
  while (digits > 0 && isDigit(trimmed.charCodeAt(digits - 1))) digits--;
  if (digits === trimmed.length && trimmed !== '') return undefined;
  return { stem: trimmed.slice(0, digits), number: trimmed === '' ? NaN : Number(trimmed.slice(digits)) };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function follows(before: Numbered, after: Numbered): boolean {
  if (before.stem !== after.stem) return false;
  return after.number === before.number + 1 || (Number.isNaN(before.number) && Number.isNaN(after.number));
}

function areOfOneKind(group: readonly MeasuredNumber[]): boolean {
  if (arePixels(group)) return true;
  const stem = numbered(group[0].name)?.stem.trim().toLowerCase() ?? '';
  if (group.length < (UNNAMED_STEMS.has(stem) ? SMALLEST_UNNAMED : SMALLEST)) return false;
  const moving = group.filter(({ facts }) => !facts.constant);
  const spreads = Float64Array.from(moving, ({ facts }) => facts.deviation).sort();
  if (spreads.length === 0) return false;
  const median = spreads[(spreads.length - 1) >> 1];
  return spreads[spreads.length - 1] <= MAX_SPREAD * median;
}

function arePixels(columns: readonly MeasuredNumber[]): boolean {
  return (
    columns.length >= PIXELS &&
    columns.every(({ facts }) => facts.bytes) &&
    columns.some(({ facts }) => !facts.constant)
  );
}
