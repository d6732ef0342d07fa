import { matrix, type Matrix } from '@shoal/core';
import type { ViewColumn } from '../data/columns.ts';
import type { ClusteringData } from '../data/types.ts';
import { countOf } from '../interaction/describe.ts';

/** A space in which distances between points mean something. */
export interface PointSpace {
  /** One row for each point, or for each of `of`. */
  readonly rows: Matrix;
  /** The point of each row, ascending; undefined where each point has one. */
  readonly of?: Uint32Array | undefined;
  /** What it is, for people: "the columns of the table". */
  readonly name: string;
}

/** A text of more values is a name rather than a category. */
const MAX_LEVELS = 50;

/**
 * The best space that the viewer holds: of the points that were clustered, else of their pictures, else of the columns of the
 * table.
 *
 * @returns undefined when it only has places on a map
 */
export function pointSpace(data: ClusteringData): PointSpace | undefined {
  const { points, images, count } = data;
  if (points !== undefined) return { rows: points, name: 'the points that were clustered' };
  const table = data.columns && tableRows(data.columns, count);
  if (table !== undefined) return { rows: table, name: 'the columns of the table, standardized' };
  if (images === undefined || images.points.length < 2) return undefined;
  const { pixels, width, height, points: of } = images;
  const rows = matrix(pixels, of.length, width * height, 1 / 255);
  const which = of.length === count ? 'pictures' : countOf(of.length, 'picture');
  return { rows, of, name: `the pixels of ${which}` };
}

/** Numbers and dates in standard deviations, texts as categories; a missing value is the mean. */
function tableRows(columns: readonly ViewColumn[], count: number): Matrix | undefined {
  const parts = columns.flatMap((column) => partsOf(column, count));
  if (parts.length === 0) return undefined;
  const data = new Float32Array(count * parts.length);
  parts.forEach((part, j) => {
    for (let point = 0; point < count; point++) data[point * parts.length + j] = part[point];
  });
  return matrix(data, count, parts.length);
}

function partsOf(column: ViewColumn, count: number): readonly Float32Array[] {
  switch (column.type) {
    case 'number':
    case 'date':
      return standardized((point) => column.values[point], count);
    case 'boolean':
      return standardized((point) => (column.values[point] <= 1 ? column.values[point] : NaN), count);
    case 'text':
      return column.texts.length < 2 || column.texts.length > MAX_LEVELS
        ? []
        : column.texts.map((_, code) =>
            // Points of two different categories are 1 apart.
            Float32Array.from({ length: count }, (_, point) =>
              column.codes[point] === code ? Math.SQRT1_2 : 0,
            ),
          );
  }
}

/** @returns nothing for a column that is constant */
function standardized(at: (point: number) => number, count: number): readonly Float32Array[] {
  let [known, mean, squares] = [0, 0, 0];
  for (let point = 0; point < count; point++) {
    const value = at(point);
    if (!Number.isFinite(value)) continue;
    known++;
    const step = value - mean;
    mean += step / known;
    squares += step * (value - mean);
  }
  const deviation = Math.sqrt(squares / known);
  if (!(deviation > 0)) return [];
  return [
    Float32Array.from({ length: count }, (_, point) => {
      const value = at(point);
      return Number.isFinite(value) ? (value - mean) / deviation : 0;
    }),
  ];
}
