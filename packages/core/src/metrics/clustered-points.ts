import { DataError } from '../errors.ts';
import { gatherRows, matrix, type Matrix } from '../matrix.ts';
import { countWithoutCluster, isNoCluster } from '../no-cluster.ts';
import type { Labels } from './labels.ts';

/** Points that have a cluster, and their labels. */
export interface ClusteredPoints {
  readonly points: Matrix;
  readonly labels: Labels;
  /** Where each point is among all of them, ascending; absent when every point has a cluster. */
  readonly rows?: Uint32Array | undefined;
}

/** Makes a matrix of some rows of another. */
export type TakeRows = (points: Matrix, rows: Uint32Array) => Matrix;

/**
 * Leaves out points without a cluster: they are not a group, so distances within it or to it have no meaning.
 *
 * @param take makes a matrix of some rows
 * @throws {DataError} when no point has a cluster
 */
export function clusteredPoints(points: Matrix, labels: Labels, take: TakeRows): ClusteredPoints {
  const rows = clusteredRows(labels);
  if (rows.length === labels.length) return { points, labels };
  return { points: take(points, rows), labels: Array.from(rows, (row) => labels[row]), rows };
}

/**
 * The rows of points that have a cluster, ascending.
 *
 * @throws {DataError} when no point has a cluster
 */
export function clusteredRows(labels: Labels): Uint32Array {
  const rows = new Uint32Array(labels.length - countWithoutCluster(labels));
  if (rows.length === 0 && labels.length > 0) {
    throw new DataError(
      'No point has a cluster (all labels are -1), so there is nothing to measure. Cluster with other settings first.',
    );
  }
  for (let i = 0, next = 0; i < labels.length; i++) if (!isNoCluster(labels[i])) rows[next++] = i;
  return rows;
}

/** The values of some rows. */
export function takeRows(points: Matrix, rows: Uint32Array): Matrix {
  return matrix(gatherRows(points, rows), rows.length, points.columns);
}
