import { InvalidArgumentError, WRITTEN_NO_CLUSTER } from '@shoal/core';
import { cellAt } from '@shoal/tables';
import type { ClusteringData } from '../data/types.ts';
import { columnName, countValues } from '../interaction/describe.ts';
import { className } from '../interaction/groups.ts';
import { rowOf } from '../interaction/rows.ts';

/** The most values of a table; more would exceed the length of a JavaScript string. */
const MOST_VALUES = 10_000_000;

/** Options of a table of points. */
export interface CsvOptions {
  /** Whether the table has the points' own values, if they are available; default true. */
  readonly values?: boolean;
  /**
   * Whether texts that a spreadsheet would treat as a formula start with an apostrophe; default false, so that each cell
   * comes back as it was. Use it for texts of strangers that people will open in a spreadsheet.
   */
  readonly guardFormulas?: boolean;
}

/** Whether a table of this many points can include their values. */
export function valuesFit(data: ClusteringData, count: number): boolean {
  return countValues(data) * count <= MOST_VALUES;
}

/**
 * Points as a table by RFC 4180: a line with names, then a line for each point, with its row, cluster (-1 for no cluster),
 * class, position on the map (empty for no position), and the columns of the table that was clustered; without a table, the
 * values of the points. A missing value is empty.
 *
 * @throws {InvalidArgumentError} when there are too many values for one text
 */
export function toCsv(
  data: ClusteringData,
  selected: Iterable<number> & { readonly length: number },
  { values = true, guardFormulas = false }: CsvOptions = {},
): string {
  if (values && !valuesFit(data, selected.length)) {
    throw new InvalidArgumentError(
      `${selected.length} points with ${countValues(data)} values each are too many for one table, which holds ` +
        `${MOST_VALUES} values: select fewer points, or pass { values: false }.`,
    );
  }
  const textCell = guardFormulas ? guardedCell : quotedCell;
  const fields = [...ownFields(data), ...(values ? valueFields(data) : [])];
  const lines = [fields.map(({ name }) => textCell(name)).join(',')];
  for (const point of selected) {
    const cells = fields.map(({ read }) => {
      const cell = read(point);
      return typeof cell === 'string' ? textCell(cell) : numberCell(cell);
    });
    lines.push(cells.join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** A column of the file. */
interface Field {
  readonly name: string;
  readonly read: (point: number) => string | number;
}

function ownFields(data: ClusteringData): readonly Field[] {
  const { labels, clusters, classes, positions } = data;
  const [x, y] = data.origin ?? [0, 0];
  const cluster = (point: number): number => (labels[point] < clusters ? labels[point] : WRITTEN_NO_CLUSTER);
  return [
    { name: 'row', read: (point) => rowOf(data, point) },
    { name: 'cluster', read: cluster },
    ...(classes === undefined
      ? []
      : [{ name: 'class', read: (point: number) => className(data, point) ?? '' }]),
    { name: 'x', read: (point) => positions[2 * point] + x },
    { name: 'y', read: (point) => positions[2 * point + 1] + y },
  ];
}

function valueFields(data: ClusteringData): readonly Field[] {
  const { columns, points } = data;
  if (columns !== undefined) {
    return columns.map((column) => ({
      name: column.name,
      read: (point) => {
        const cell = cellAt(column, point);
        return typeof cell === 'number' ? cell : String(cell ?? '');
      },
    }));
  }
  return Array.from({ length: points?.columns ?? 0 }, (_, j) => ({
    name: columnName(data, j),
    read: (point) =>
      points !== undefined && point < points.rows
        ? points.data[point * points.columns + j] * points.scale
        : NaN,
  }));
}

function numberCell(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}

function quotedCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function guardedCell(text: string): string {
  return quotedCell(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
}
