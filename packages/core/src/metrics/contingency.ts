import { DataError, InvalidArgumentError, ShapeError } from '../errors.ts';
import {
  encodeLabels,
  groupByCode,
  requireLabels,
  type EncodedLabels,
  type Label,
  type Labels,
} from './labels.ts';

/**
 * How two labellings of the same points overlap: cell (i, j) counts the points of class i in cluster j.
 * Only cells above zero are stored, so that many classes times many clusters stay cheap. Counts are
 * float64, exact up to 2^53.
 */
export interface Contingency {
  /** Labels of the rows, in order. */
  readonly classes: readonly Label[];
  /** Labels of the columns, in order. */
  readonly clusters: readonly Label[];
  /** Number of points. */
  readonly total: number;
  /** Points in each class. */
  readonly classSizes: Float64Array;
  /** Points in each cluster. */
  readonly clusterSizes: Float64Array;
  /** Cells above zero, by row and then by column. */
  readonly cells: readonly ContingencyCell[];
}

/** One cell above zero of a contingency table. */
export interface ContingencyCell {
  /** Row: index into `classes`. */
  readonly row: number;
  /** Column: index into `clusters`. */
  readonly column: number;
  readonly count: number;
}

/** Most cells a table may have where all of them, zeros too, are needed: 128 MiB of float64. */
const DENSE_CELLS = 2 ** 24;

/**
 * Tabulates two labellings of the same points in O(points + classes + clusters) time and memory.
 *
 * @param classes one label per point: the rows
 * @param clusters one label per point: the columns
 * @throws {InvalidArgumentError} when one of them is no array
 * @throws {ShapeError} when the two differ in length
 * @throws {DataError} when a label is neither a whole number nor a string
 */
export function contingencyTable(classes: Labels, clusters: Labels): Contingency {
  requireLabels(classes, 'classes');
  requireLabels(clusters, 'clusters');
  if (classes.length !== clusters.length) {
    throw new ShapeError(
      `Two labellings of the same points are equally long, but there are ${String(classes.length)} classes ` +
        `and ${String(clusters.length)} clusters.`,
    );
  }
  return tabulate(encodeLabels(classes, 'classes'), encodeLabels(clusters, 'clusters'));
}

/**
 * Tabulates two labellings of the same points that were encoded before: for those who compare many with each other.
 *
 * @param rows equally long as `columns`; values without points give rows of zeros
 */
export function tabulate(rows: EncodedLabels, columns: EncodedLabels): Contingency {
  const { order, starts } = groupByCode(rows.codes, rows.values.length);

  const cells: ContingencyCell[] = [];
  const rowCounts = new Float64Array(columns.values.length);
  for (let row = 0; row < rows.values.length; row++) {
    const touched: number[] = [];
    for (let at = starts[row]; at < starts[row + 1]; at++) {
      const column = columns.codes[order[at]];
      if (rowCounts[column]++ === 0) touched.push(column);
    }
    for (const column of touched.sort((a, b) => a - b)) {
      cells.push({ row, column, count: rowCounts[column] });
      rowCounts[column] = 0;
    }
  }
  return tableOfCells(rows.values, columns.values, cells);
}

/**
 * Takes a contingency table that was counted elsewhere.
 *
 * @param counts one array per class, holding its number of points in each cluster
 * @returns a table whose classes and clusters are labelled 0, 1, ...
 * @throws {ShapeError} when the rows are ragged
 * @throws {DataError} when a count is not a whole number from 0 to 2^53 - 1
 */
export function contingencyFromCounts(counts: readonly ArrayLike<number>[]): Contingency {
  const columns = counts.length === 0 ? 0 : counts[0].length;
  const cells: ContingencyCell[] = [];
  counts.forEach((rowCounts, row) => {
    if (rowCounts.length !== columns) {
      throw new ShapeError(
        `Row ${String(row)} of the contingency table has ${String(rowCounts.length)} counts ` +
          `but row 0 has ${String(columns)}; rows must be equally long.`,
      );
    }
    for (let column = 0; column < columns; column++) {
      const count = rowCounts[column];
      if (!Number.isSafeInteger(count) || count < 0) {
        throw new DataError(
          `A contingency table holds whole numbers of points, but row ${String(row)}, column ${String(column)} is ${String(count)}.`,
        );
      }
      if (count > 0) cells.push({ row, column, count });
    }
  });
  return tableOfCells(indices(counts.length), indices(columns), cells);
}

/**
 * All cells of the table, row-major, zeros too: `classes.length * clusters.length` values.
 *
 * @throws {InvalidArgumentError} when there are more than 2^24 cells
 */
export function denseCounts(table: Contingency): Float64Array {
  const { classes, clusters, cells } = table;
  if (classes.length * clusters.length > DENSE_CELLS) {
    throw new InvalidArgumentError(
      `Matching classes with clusters and laying out their confusion matrix need at most ${String(DENSE_CELLS)} cells; ` +
        `${String(classes.length)} classes and ${String(clusters.length)} clusters have more. ` +
        'Use a measure without a matching: adjusted Rand, mutual information, purity.',
    );
  }
  const dense = new Float64Array(classes.length * clusters.length);
  for (const { row, column, count } of cells) dense[row * clusters.length + column] = count;
  return dense;
}

/** Number of classes or clusters that hold a point. */
export function countGroups(sizes: Float64Array): number {
  let groups = 0;
  for (const size of sizes) if (size > 0) groups++;
  return groups;
}

/** Whether classes and clusters are the same partition under different names; true for no points. */
export function isSamePartition(table: Contingency): boolean {
  const { cells, classSizes, clusterSizes } = table;
  return cells.length === countGroups(classSizes) && cells.length === countGroups(clusterSizes);
}

function tableOfCells(
  classes: readonly Label[],
  clusters: readonly Label[],
  cells: readonly ContingencyCell[],
): Contingency {
  const classSizes = new Float64Array(classes.length);
  const clusterSizes = new Float64Array(clusters.length);
  let total = 0;
  for (const { row, column, count } of cells) {
    classSizes[row] += count;
    clusterSizes[column] += count;
    total += count;
  }
  return { classes, clusters, total, classSizes, clusterSizes, cells };
}

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
