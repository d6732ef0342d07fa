import { cellAt } from '@shoal/tables';
import type { ViewColumn } from '../data/columns.ts';
import type { ClusteringData } from '../data/types.ts';
import { className, clusterName } from './groups.ts';
import { rowOf } from './rows.ts';

/** The most values of a row that are shown. */
const VALUES = 6;
/** Values of a row that are spoken. */
const SPOKEN = 3;

/** A point in words, for screen readers: "Row 123, cluster 4, Sneaker, Price 25". */
export function describePoint(data: ClusteringData, point: number): string {
  const name = className(data, point);
  const cluster = clusterName(data, data.labels[point]).replace(/^[CN]/, (letter) => letter.toLowerCase());
  const values = data.columns === undefined ? [] : firstValues(data, point).slice(0, SPOKEN);
  return [
    `Row ${rowOf(data, point)}`,
    cluster,
    ...(name === undefined ? [] : [name]),
    ...values.map((pair) => pair.join(' ')),
  ].join(', ');
}

/**
 * The first values of a point with the names of their columns: of the table, else of the points; empty when neither is
 * available.
 */
export function firstValues(data: ClusteringData, point: number): (readonly [name: string, value: string])[] {
  const { columns, points } = data;
  if (columns !== undefined) {
    const titles = columnTitles(columns);
    return columns.slice(0, VALUES).map((column, i) => [titles[i], cellText(column, point)]);
  }
  if (points === undefined || point >= points.rows) return [];
  return Array.from({ length: Math.min(VALUES, points.columns) }, (_, column) => [
    columnName(data, column),
    value(points.data[point * points.columns + column] * points.scale),
  ]);
}

/** Number of values that a point has; `firstValues` gives the first of them. */
export function countValues({ columns, points }: ClusteringData): number {
  return columns?.length ?? points?.columns ?? 0;
}

/** What each column is called where one is chosen: its name, or its place, with a number where a name is repeated. */
export function columnTitles(columns: readonly ViewColumn[]): readonly string[] {
  const seen = new Map<string, number>();
  return columns.map(({ name }, i) => {
    const title = name.trim() === '' ? `Column ${i + 1}` : name;
    const times = (seen.get(title) ?? 0) + 1;
    seen.set(title, times);
    return times === 1 ? title : `${title} (${times})`;
  });
}

/** A value of a column for people; a dash when it is missing. */
export function cellText(column: ViewColumn, point: number): string {
  const cell = cellAt(column, point);
  if (cell === undefined) return '–';
  if (typeof cell === 'number') return value(cell);
  return column.type === 'date'
    ? String(cell)
        .replace('T', ' ')
        .replace(/(\.000)?Z$/, '')
    : String(cell);
}

export function columnName({ columnNames }: ClusteringData, column: number): string {
  return columnNames?.[column] ?? `Column ${column}`;
}

/** The accessible name of a viewer. */
export function titleOf(data: ClusteringData | undefined): string {
  return data === undefined || data.title === '' ? 'Clusters' : data.title;
}

/** "1 point", "2,000 points". */
export function countOf(count: number, noun: string): string {
  return `${integer(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A whole number with separators for thousands. */
export function integer(number: number): string {
  return number.toLocaleString('en-US');
}

function value(number: number): string {
  return Number.isInteger(number) ? String(number) : String(Number(number.toPrecision(6)));
}
