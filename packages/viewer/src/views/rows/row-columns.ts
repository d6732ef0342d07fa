import type { ViewColumn } from '../../data/columns.ts';
import type { Classes, ClusteringData } from '../../data/types.ts';
import { cellText, columnName, columnTitles } from '../../interaction/describe.ts';
import { className, clusterName, clusterTag } from '../../interaction/groups.ts';
import { rowOf } from '../../interaction/rows.ts';

/** A column of the table of rows. */
export interface RowColumn {
  readonly title: string;
  readonly isNumber: boolean;
  readonly text: (point: number) => string;
  /** Orders points; NaN where the value is missing. Made when the reader sorts by it. */
  readonly makeKey: () => (point: number) => number;
}

/** The most columns of the table; a reader scrolls through them. */
const MAX_COLUMNS = 60;
/** With more distinct texts they are sorted by code units, which is faster. */
const MAX_COLLATED = 20_000;

/** The columns of the table of rows: row, cluster, class, and those of the table or of the points. */
export function rowColumns(data: ClusteringData): readonly RowColumn[] {
  const { classes, columns } = data;
  const own = columns === undefined ? pointColumns(data) : tableColumns(columns);
  return [
    {
      title: 'Row',
      isNumber: true,
      text: (point) => String(rowOf(data, point)),
      makeKey: () => (point) => point,
    },
    {
      title: 'Cluster',
      isNumber: false,
      text: (point) => {
        const label = data.labels[point];
        return label < data.clusters ? clusterTag(data, label) : clusterName(data, label);
      },
      makeKey: () => (point) => (data.labels[point] < data.clusters ? data.labels[point] : NaN),
    },
    ...(classes === undefined ? [] : [classColumn(data, classes)]),
    ...own,
  ];
}

/** How many columns the table leaves out. */
export function columnsLeftOut({ columns, points }: ClusteringData): number {
  return Math.max(0, (columns?.length ?? points?.columns ?? 0) - MAX_COLUMNS);
}

function classColumn(data: ClusteringData, { names, labels }: Classes): RowColumn {
  return {
    title: 'Class',
    isNumber: false,
    text: (point) => className(data, point) ?? '–',
    makeKey: () => (point) => (labels[point] < names.length ? labels[point] : NaN),
  };
}

function tableColumns(columns: readonly ViewColumn[]): readonly RowColumn[] {
  const titles = columnTitles(columns);
  return columns.slice(0, MAX_COLUMNS).map((column, i) => ({
    title: titles[i],
    isNumber: column.type === 'number',
    text: (point) => cellText(column, point),
    makeKey: () => keyOf(column),
  }));
}

function keyOf(column: ViewColumn): (point: number) => number {
  switch (column.type) {
    case 'text': {
      const ranks = ranksOf(column.texts);
      return (point) => (column.codes[point] < 0 ? NaN : ranks[column.codes[point]]);
    }
    case 'boolean':
      return (point) => (column.values[point] <= 1 ? column.values[point] : NaN);
    case 'number':
    case 'date':
      return (point) => column.values[point];
  }
}

function ranksOf(texts: readonly string[]): Float64Array {
  const { compare } = new Intl.Collator('en', { numeric: true });
  const byCodeUnits = (a: string, b: string): number => Number(a > b) - Number(a < b);
  const order = texts.length > MAX_COLLATED ? byCodeUnits : compare;
  const sorted = texts.map((_, code) => code).sort((a, b) => order(texts[a], texts[b]));
  const ranks = new Float64Array(texts.length);
  sorted.forEach((code, rank) => {
    ranks[code] = rank;
  });
  return ranks;
}

function pointColumns(data: ClusteringData): readonly RowColumn[] {
  const { points } = data;
  if (points === undefined) return [];
  const value = (point: number, j: number): number =>
    point < points.rows ? points.data[point * points.columns + j] * points.scale : NaN;
  return Array.from({ length: Math.min(MAX_COLUMNS, points.columns) }, (_, j) => ({
    title: columnName(data, j),
    isNumber: true,
    text: (point) => {
      const number = value(point, j);
      return Number.isNaN(number) ? '–' : String(Number(number.toPrecision(6)));
    },
    makeKey: () => (point) => value(point, j),
  }));
}
