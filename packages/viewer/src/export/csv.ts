import { InvalidArgumentError, WRITTEN_NO_CLUSTER } from '@shoal/core';
import type { ClusteringData } from '../data/types.ts';
import { columnName } from '../interaction/describe.ts';
import { className } from '../interaction/groups.ts';
import { rowOf } from '../interaction/rows.ts';

/** The most values of a table; more would exceed the length of a JavaScript string. */
const MOST_VALUES = 10_000_000;

/** Options of a table of points. */
export interface CsvOptions {
  /** Whether the table has the points' own values, if they are available; default true. */
  readonly values?: boolean;
}

/** Whether a table of this many points can include their values. */
export function valuesFit({ points }: ClusteringData, count: number): boolean {
  return (points?.columns ?? 0) * count <= MOST_VALUES;
}

/**
 * Points as a table by RFC 4180: a line with names, then a line for each point, with its row, cluster (-1 for no cluster),
 * class, position on the map (empty for no position) and values. Texts that a spreadsheet would treat as a formula start
 * with an apostrophe.
 *
 * @throws {InvalidArgumentError} when there are too many values for one text
 */
export function toCsv(
  data: ClusteringData,
  selected: Iterable<number> & { readonly length: number },
  { values = true }: CsvOptions = {},
): string {
  const points = values ? data.points : undefined;
  if (points !== undefined && !valuesFit(data, selected.length)) {
    throw new InvalidArgumentError(
      `${selected.length} points with ${points.columns} values each are too many for one table, which holds ` +
        `${MOST_VALUES} values: select fewer points, or pass { values: false }.`,
    );
  }
  const hasClasses = data.classes !== undefined;
  const columns = points?.columns ?? 0;
  const names = ['row', 'cluster', ...(hasClasses ? ['class'] : []), 'x', 'y'];
  for (let column = 0; column < columns; column++) names.push(columnName(data, column));
  const lines = [names.map(textCell).join(',')];
  for (const point of selected) {
    const cells: (string | number)[] = [
      rowOf(data, point),
      data.labels[point] < data.clusters ? data.labels[point] : WRITTEN_NO_CLUSTER,
    ];
    if (hasClasses) cells.push(textCell(className(data, point) ?? ''));
    const [x, y] = data.origin ?? [0, 0];
    cells.push(numberCell(data.positions[2 * point] + x), numberCell(data.positions[2 * point + 1] + y));
    if (points !== undefined) {
      const start = point * columns;
      for (let column = 0; column < columns; column++) {
        cells.push(point < points.rows ? numberCell(points.data[start + column] * points.scale) : '');
      }
    }
    lines.push(cells.join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

function numberCell(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}

function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
