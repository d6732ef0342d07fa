import { forEachChunk } from '../chunks.ts';
import { DataError, InvalidArgumentError, ShapeError } from '../errors.ts';
import {
  encodeLabels,
  encodeLabelsInChunks,
  groupByCode,
  type EncodedLabels,
  type Groups,
  requireLabels,
  type Label,
  type Labels,
} from './labels.ts';

/**
 * How two labelings of the same points overlap: cell (i, j) counts the points of class i in cluster j.
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

/** Greatest number of cells of a table with its zeros: 128 MiB of float64. */
const DENSE_CELLS = 2 ** 24;

/**
 * Tabulates two labelings of the same points in O(points + classes + clusters) time and memory.
 *
 * @param classes one label per point: the rows
 * @param clusters one label per point: the columns
 * @throws {InvalidArgumentError} when one of them is not an array
 * @throws {ShapeError} when the two differ in length
 * @throws {DataError} when a label is neither a whole number nor a string
 */
export function contingencyTable(classes: Labels, clusters: Labels): Contingency {
  requireComparable(classes, clusters);
  return tabulate(encodeLabels(classes, 'classes'), encodeLabels(clusters, 'clusters'));
}

/** The same, but it can be stopped. @throws the signal's reason when it is aborted */
export async function contingencyInChunks(
  classes: Labels,
  clusters: Labels,
  signal: AbortSignal | undefined,
): Promise<Contingency> {
  requireComparable(classes, clusters);
  const rows = await encodeLabelsInChunks(classes, 'classes', signal);
  const columns = await encodeLabelsInChunks(clusters, 'clusters', signal);
  const tabulation = new Tabulation(rows, columns);
  await forEachChunk(rows.values.length, 1, signal, (row) => {
    tabulation.add(row);
  });
  return tableOfCells(rows.values, columns.values, tabulation.cells);
}

function requireComparable(classes: Labels, clusters: Labels): void {
  requireLabels(classes, 'classes');
  requireLabels(clusters, 'clusters');
  if (classes.length === clusters.length) return;
  throw new ShapeError(
    `Two labelings of the same points must have the same length, but there are ${String(classes.length)} classes ` +
      `and ${String(clusters.length)} clusters.`,
  );
}

/**
 * Tabulates two labelings of the same points that are already encoded: for comparing many with each other.
 *
 * @param rows equally long as `columns`; values without points give rows of zeros
 */
export function tabulate(rows: EncodedLabels, columns: EncodedLabels): Contingency {
  const tabulation = new Tabulation(rows, columns);
  for (let row = 0; row < rows.values.length; row++) tabulation.add(row);
  return tableOfCells(rows.values, columns.values, tabulation.cells);
}

/** Counts cells row by row, in order. */
class Tabulation {
  readonly cells: ContingencyCell[] = [];
  readonly #groups: Groups;
  readonly #columns: Uint32Array;
  readonly #counts: Float64Array;

  constructor(rows: EncodedLabels, columns: EncodedLabels) {
    this.#groups = groupByCode(rows.codes, rows.values.length);
    this.#columns = columns.codes;
    this.#counts = new Float64Array(columns.values.length);
  }

  add(row: number): void {
    const { order, starts } = this.#groups;
    const counts = this.#counts;
    const touched: number[] = [];
    for (let at = starts[row]; at < starts[row + 1]; at++) {
      const column = this.#columns[order[at]];
      if (counts[column]++ === 0) touched.push(column);
    }
    for (const column of touched.sort((a, b) => a - b)) {
      this.cells.push({ row, column, count: counts[column] });
      counts[column] = 0;
    }
  }
}

/**
 * Takes a contingency table that was counted elsewhere.
 *
 * @param counts one array per class, holding its number of points in each cluster
 * @returns a table whose classes and clusters are labeled 0, 1, ...
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
export function denseCounts({ classes, clusters, cells }: Contingency): Float64Array {
  assertLayout(classes.length, clusters.length);
  const dense = new Float64Array(classes.length * clusters.length);
  for (const { row, column, count } of cells) dense[row * clusters.length + column] = count;
  return dense;
}

/** @throws {InvalidArgumentError} when a matrix of that size would have more than 2^24 cells */
export function assertLayout(rows: number, columns: number): void {
  if (rows * columns <= DENSE_CELLS) return;
  throw new InvalidArgumentError(
    `A confusion matrix has at most ${String(DENSE_CELLS)} cells; ` +
      `${String(rows)} classes and ${String(columns)} clusters have more. ` +
      'Limit how many it shows, or take the cells above zero from contingencyTable.',
  );
}

/** Number of classes or clusters that hold a point. */
export function countGroups(sizes: Float64Array): number {
  let groups = 0;
  for (const size of sizes) if (size > 0) groups++;
  return groups;
}

/** Whether classes and clusters are the same partition under different names; true when there are no points. */
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
