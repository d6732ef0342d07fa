import type { Matrix } from '@shoal/core';
import type { NumberColumn } from '@shoal/tables';
import { columnName, columnTitles } from './describe.ts';
import type { ColumnId } from '../state/column-id.ts';
import type { ViewColumn } from '../data/columns.ts';
import type { ClusteringData } from '../data/types.ts';

/** A column under its name, for menus. */
export interface NamedColumn {
  readonly id: ColumnId;
  readonly title: string;
  readonly column: ViewColumn;
}

/** Points of more columns, such as pixels, have no columns that a reader knows. */
const MAX_COLUMNS = 500;

const known = new WeakMap<
  object,
  { readonly of: readonly unknown[]; readonly columns: readonly NamedColumn[] }
>();

/**
 * The columns that colors, sizes, filters and axes can show: those of the table, else those of the points themselves, and what
 * the fit says about each point.
 */
export function namedColumns(data: ClusteringData): readonly NamedColumn[] {
  const { columns: table, points, columnNames, images, probabilities, distances, moved } = data;
  // Data that only moved, or were clustered again, have the same columns: the same objects, which show that nothing changed.
  const key = table ?? points ?? data.labels;
  const of = [table, points, columnNames, images, probabilities, distances, moved];
  const last = known.get(key);
  if (last?.of.every((part, i) => part === of[i]) === true) return last.columns;
  const columns = [...ownColumns(data), ...fittedColumns(data)];
  known.set(key, { of, columns });
  return columns;
}

/** @returns undefined when the data has no such column */
export function columnOf(data: ClusteringData, id: string): NamedColumn | undefined {
  return namedColumns(data).find((column) => column.id === id);
}

function ownColumns(data: ClusteringData): readonly NamedColumn[] {
  const { columns, points, images } = data;
  if (columns !== undefined) {
    const titles = columnTitles(columns);
    return columns.map((column, i) => ({ id: `column:${titles[i]}`, title: titles[i], column }));
  }
  if (points === undefined || images !== undefined || points.columns > MAX_COLUMNS) return [];
  return Array.from({ length: points.columns }, (_, j) => {
    const title = columnName(data, j);
    return { id: `column:${title}`, title, column: new PointColumn(title, points, j) };
  });
}

function fittedColumns({ probabilities, distances, moved }: ClusteringData): readonly NamedColumn[] {
  const number = (id: 'probability' | 'distance', title: string, values: Float32Array): NamedColumn => ({
    id,
    title,
    column: { type: 'number', name: title, values, integers: false },
  });
  return [
    ...(probabilities === undefined
      ? []
      : [number('probability', 'Probability of its cluster', probabilities)]),
    ...(distances === undefined ? [] : [number('distance', 'Distance to its center', distances)]),
    ...(moved === undefined ? [] : [{ id: 'moved', title: moved.name, column: moved } as const]),
  ];
}

/** A column of the points; its values are copied when they are first needed. */
class PointColumn implements NumberColumn {
  readonly type = 'number';
  readonly integers = false;
  readonly name: string;
  readonly #points: Matrix;
  readonly #column: number;
  #values: Float32Array | undefined;

  constructor(name: string, points: Matrix, column: number) {
    this.name = name;
    this.#points = points;
    this.#column = column;
  }

  get values(): Float32Array {
    const { rows, columns, data, scale } = this.#points;
    this.#values ??= Float32Array.from(
      { length: rows },
      (_, row) => data[row * columns + this.#column] * scale,
    );
    return this.#values;
  }
}
