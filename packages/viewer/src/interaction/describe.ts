import type { ClusteringData } from '../data/types.ts';
import { className, clusterName } from './groups.ts';
import { rowOf } from './rows.ts';

/** The most values of a row that are shown. */
const VALUES = 6;

/** A point in words, for screen readers: "Row 123, cluster 4, Sneaker". */
export function describePoint(data: ClusteringData, point: number): string {
  const name = className(data, point);
  const cluster = clusterName(data, data.labels[point]).toLowerCase();
  return `Row ${rowOf(data, point)}, ${cluster}${name === undefined ? '' : `, ${name}`}`;
}

/** The first values of a point with the names of their columns; empty when the points are not available. */
export function firstValues(data: ClusteringData, point: number): (readonly [name: string, value: string])[] {
  const { points } = data;
  if (points === undefined || point >= points.rows) return [];
  return Array.from({ length: Math.min(VALUES, points.columns) }, (_, column) => [
    columnName(data, column),
    value(points.data[point * points.columns + column] * points.scale),
  ]);
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
  return Number.isInteger(number) ? String(number) : String(Number(number.toPrecision(4)));
}
