import { cleanness, isName, isNumberLike } from './cell-kinds.ts';
import type { Separator } from './dialect.ts';
import type { SampleRow } from './split-sample.ts';

/** A way to divide the sample. */
export interface Division {
  readonly separator: Separator;
  /** From the header on, if there is one. */
  readonly rows: readonly SampleRow[];
  /** Lines above the table, such as a title. */
  readonly titles: number;
  readonly columns: number;
}

/** In order of preference, when several divide the sample as well. */
const SEPARATORS = ['\t', ';', '|', ',', ' ', 'none'] as const satisfies readonly Separator[];

/**
 * The separators that divide the sample, best first, and only those that are as good as the best: each line has as many
 * values as the others, and none seems to hold several.
 */
export function bestDivisions(split: (separator: Separator) => readonly SampleRow[]): readonly Division[] {
  const scored = SEPARATORS.flatMap((separator) => {
    const division = divisionBy(separator, split(separator));
    return division === undefined ? [] : [{ division, score: scoreOf(division) }];
  });
  const best = Math.max(...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score >= best - 1e-9).map(({ division }) => division);
}

/** A division by a separator; undefined when it does not occur as one. */
export function divisionBy(separator: Separator, all: readonly SampleRow[]): Division | undefined {
  if (all.length === 0) return undefined;
  const columns = widthOf(all);
  if (separator !== 'none' && columns < 2) return undefined;
  const titles = titleLines(all, columns);
  const rows = all.slice(titles);
  if (separator === ' ' && shareOfNumbers(rows) < 0.5) return undefined;
  return { separator, rows, titles, columns };
}

/** The number of values that most lines have; an empty one behind a separator at each line's end is none. */
export function widthOf(rows: readonly SampleRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows.length > 1 ? rows.slice(1) : rows) {
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  }
  let width = 1;
  for (const [cells, lines] of counts) if (lines > (counts.get(width) ?? 0)) width = cells;
  const ofWidth = rows.filter(({ cells }) => cells.length === width);
  const isTrailing = width > 1 && ofWidth.every(({ cells }) => cells[width - 1] === '');
  return isTrailing ? width - 1 : width;
}

const MAX_TITLES = 20;

/** Lines above the first one with a name for each column, when there is such a line. */
function titleLines(rows: readonly SampleRow[], columns: number): number {
  if (columns < 2) return 0;
  const isTitle = ({ cells }: SampleRow): boolean =>
    cells.length < columns || cells.slice(1).every((cell) => cell === '');
  let titles = 0;
  while (titles < rows.length && titles <= MAX_TITLES && isTitle(rows[titles])) titles++;
  const header = rows.at(titles);
  if (titles > MAX_TITLES || header === undefined || titles === rows.length) return 0;
  const isHeader = header.cells.slice(0, columns).every(isName);
  return isHeader ? titles : 0;
}

const MAX_SCORED_CELLS = 4000;

function scoreOf({ separator, rows, columns }: Division): number {
  const even = rows.filter(
    ({ cells }, i) =>
      cells.length === columns || endsEmpty(cells, columns) || (i === 0 && isShort(cells, columns)),
  );
  const data = rows.length > 1 ? rows.slice(1) : rows;
  let seen = 0;
  let clean = 0;
  for (const { cells } of data) {
    for (const cell of cells) {
      if (seen === MAX_SCORED_CELLS) break;
      seen++;
      clean += cleanness(cell);
    }
  }
  // Separators in the header say that the file has some.
  const header = separator === 'none' ? cleanness(rows[0].cells[0]) : 1;
  return header * (even.length / rows.length) * (clean / Math.max(1, seen));
}

function endsEmpty(cells: readonly string[], columns: number): boolean {
  return cells.length === columns + 1 && cells[columns] === '';
}

/** A header without a name for the first column, as R writes it. */
export function isShort(header: readonly string[], columns: number): boolean {
  return columns > 2 && header.length === columns - 1 && header.every(isName);
}

function shareOfNumbers(rows: readonly SampleRow[]): number {
  const cells = (rows.length > 1 ? rows.slice(1) : rows).flatMap((row) => row.cells);
  return cells.filter(isNumberLike).length / Math.max(1, cells.length);
}
