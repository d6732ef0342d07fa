import { matrix } from '@shoal/core';
import type { ClusteringData } from '../data/types.ts';
import { columnName, columnTitles } from '../interaction/describe.ts';
import type { FitSource } from './fit-task.ts';

/** What the shown points can be clustered by. */
export interface Fittable {
  readonly source: FitSource;
  /** Names of the columns that a reader can choose from; empty where they have no meaning, as those of pixels. */
  readonly columns: readonly string[];
  /** Columns that are left out at first: the known classes, which are to be compared with. */
  readonly exclude: readonly number[];
}

/** Points of more columns, such as pixels, have no columns that a reader knows. */
const MAX_COLUMNS = 200;

/**
 * The columns of the table, else the points, else their pictures.
 *
 * @returns undefined when there are only places on a map
 */
export function fittable(data: ClusteringData): Fittable | undefined {
  const { columns: table = [], points, images, count, classes } = data;
  if (table.length > 0) {
    const titles = columnTitles(table);
    const exclude = [...table.keys()].filter((i) => isClass(table[i], classes?.names));
    return {
      source: { columns: table.map((column, i) => ({ ...column, name: titles[i] })) },
      columns: titles,
      exclude,
    };
  }
  if (points !== undefined) {
    const hasNames = images === undefined && points.columns <= MAX_COLUMNS;
    const columnNames = hasNames
      ? Array.from({ length: points.columns }, (_, column) => columnName(data, column))
      : [];
    return { source: { points, columnNames }, columns: columnNames, exclude: [] };
  }
  if (images?.points.length !== count) return undefined;
  const { pixels, width, height } = images;
  const pictures = matrix(pixels, count, width * height, 1 / 255);
  return { source: { points: pictures, columnNames: [] }, columns: [], exclude: [] };
}

/** Whether the texts of a column are the names of the classes. */
function isClass(
  column: NonNullable<ClusteringData['columns']>[number],
  names: readonly string[] | undefined,
): boolean {
  return (
    names !== undefined &&
    column.type === 'text' &&
    column.texts.length > 0 &&
    column.texts.every((text) => names.includes(text))
  );
}
