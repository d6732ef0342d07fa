import { AS_NUMBERS, type ColumnsInProgress } from './columns-in-progress.ts';

/** What the numbers of a file with semicolons show of its points. */
export interface PointsOfFile {
  /** Whether some number can only have a decimal point. */
  readonly isCertain: boolean;
  /** Columns in which points may stand between thousands: 950, 1.234, 12.345. */
  readonly doubtful: readonly number[];
}

/**
 * Judges the columns that were read as plain numbers. Semicolons are used where commas are decimal marks, and points may be of
 * thousands there. Only the texts of a column tell 1.23 from 1.230, so doubtful columns are to be read again as texts.
 */
export function pointsOf({ kinds, numbers }: ColumnsInProgress, rows: number): PointsOfFile {
  const doubtful: number[] = [];
  for (let j = 0; j < kinds.length; j++) {
    if (kinds[j] !== AS_NUMBERS) continue;
    const points = pointsOfColumn(numbers[j], rows);
    if (points === 'certain') return { isCertain: true, doubtful: [] };
    if (points === 'doubtful') doubtful.push(j);
  }
  return { isCertain: false, doubtful };
}

function pointsOfColumn(values: Float64Array, rows: number): 'certain' | 'doubtful' | 'none' {
  let hasFraction = false;
  let isSmall = true;
  for (let row = 0; row < rows; row++) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    const size = Math.abs(value);
    if (size >= 1000) isSmall = false;
    if (Number.isInteger(value)) continue;
    if (size < 1 || size > 1000 || Math.round(value * 1000) / 1000 !== value) return 'certain';
    hasFraction = true;
  }
  return hasFraction && isSmall ? 'doubtful' : 'none';
}
