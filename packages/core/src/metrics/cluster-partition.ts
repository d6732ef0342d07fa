import { DataError, ShapeError } from '../errors.ts';
import { assertFinite, requirePoints, type Matrix } from '../matrix.ts';
import { clusteredPoints, takeRows, type TakeRows } from './clustered-points.ts';
import { encodeLabels, groupByCode, requireLabels, type Groups, type Labels } from './labels.ts';

/** Points divided into clusters, for the measures that need no classes. */
export interface ClusterPartition extends Groups {
  /** The points that have a cluster. */
  readonly points: Matrix;
  /** Where each is among all points, ascending; absent when every point has a cluster. */
  readonly rows?: Uint32Array | undefined;
  /** For each point the index of its cluster. */
  readonly codes: Uint32Array;
  /** Number of clusters. */
  readonly clusters: number;
}

/**
 * Divides points by their labels, and leaves points without a cluster out.
 *
 * @param take makes a matrix of some rows; by default it copies their values
 * @throws {ShapeError} when there is not one label per point
 * @throws {DataError} when a value is NaN or infinite, a label is neither a whole number nor a string, or the number of
 * clusters is not from 2 to points - 1: compactness and separation need at least two clusters, and a cluster with two
 * points
 */
export function partitionPoints(
  allPoints: Matrix,
  allLabels: Labels,
  take: TakeRows = takeRows,
): ClusterPartition {
  assertOneLabelPerPoint(allPoints, allLabels);
  const { points, labels, rows } = clusteredPoints(allPoints, allLabels, take);
  assertFinite(points);
  const { codes, values } = encodeLabels(labels, 'labels');
  const clusters = values.length;
  if (clusters < 2 || clusters > points.rows - 1) {
    throw new DataError(
      `This measure compares clusters with each other and points within them, so it needs from 2 to points - 1 clusters; ` +
        `got ${String(clusters)} for ${String(points.rows)} points. Choose another number of clusters, or a larger sample.`,
    );
  }
  return { points, rows, codes, clusters, ...groupByCode(codes, clusters) };
}

/**
 * @throws {InvalidArgumentError} when points or labels are of the wrong kind
 * @throws {ShapeError} when there is not one label per point
 */
export function assertOneLabelPerPoint(points: Matrix, labels: Labels): void {
  requirePoints(points);
  requireLabels(labels, 'labels');
  if (labels.length === points.rows) return;
  throw new ShapeError(
    `Each point needs one label, but there are ${String(points.rows)} points and ${String(labels.length)} labels.`,
  );
}

/** @throws {DataError} when a sum of distances between finite points is no longer finite */
export function assertNoOverflow(sum: number): void {
  if (Number.isFinite(sum)) return;
  throw new DataError(
    `The distances between these points add up to ${String(sum)}: their values are too large for float64. ` +
      'Scale the points down first.',
  );
}
