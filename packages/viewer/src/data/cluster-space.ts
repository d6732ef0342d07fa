import {
  applyScaling,
  createReferenceEngine,
  InvalidArgumentError,
  type ClusterCenters,
  type ClusterModel,
  type CovarianceType,
  type Matrix,
  type RowScaling,
} from '@shoal/core';
import { asMatrix, findBroken, usableRows, type PointsInput } from './points.ts';
import type { MapModel } from './types.ts';

/** The model that the viewer shows: a fitted model of any kind, the centers of its clusters, or only centroids, K x D. */
export type ModelInput =
  | Pick<ClusterModel, 'centers' | 'hierarchy'>
  | ClusterCenters
  | { readonly centroids: PointsInput };

/** The space of the clusters, and where they are in it. */
export interface ClusterSpace {
  readonly kind: MapModel['kind'];
  readonly clusters: number;
  readonly columns: number;
  /** The scalings of a point into this space, in order. */
  readonly scalings: readonly RowScaling[];
  /** Centroids or means, K x D. */
  readonly centroids: Float64Array;
  /** Their shape depends on the type; see `CovarianceType`. */
  readonly covariances?: { readonly type: CovarianceType; readonly values: Float64Array } | undefined;
  /** Mixing proportions, K. */
  readonly weights?: Float64Array | undefined;
}

/**
 * @returns undefined for a model whose clusters have no centers
 * @throws {InvalidArgumentError} when there are no centroids
 */
export function spaceOf(model: ModelInput): ClusterSpace | undefined {
  if ('kind' in model) return spaceOfCenters(model);
  if ('centers' in model) return model.centers && spaceOfCenters(model.centers);
  if (!('centroids' in model)) return undefined;
  const centroids = asMatrix(model.centroids);
  if (centroids === undefined) throw new InvalidArgumentError('A model needs at least one centroid.');
  return {
    kind: 'kmeans',
    clusters: centroids.rows,
    columns: centroids.columns,
    scalings: [],
    centroids: Float64Array.from(centroids.data, (value) => value * centroids.scale),
  };
}

export function spaceOfCenters({ kind, positions, columns, ...rest }: ClusterCenters): ClusterSpace {
  return {
    ...rest,
    kind: kind === 'gaussians' ? 'gaussian-mixture' : 'kmeans',
    clusters: positions.length / columns,
    columns,
    centroids: positions,
  };
}

/** Some rows in the space of the clusters. */
export interface Block {
  /** Number of the first row. */
  readonly start: number;
  readonly points: Matrix;
  /** 1 for each row (counted from the block's first) that is not finite; its values are zeros. */
  readonly broken: Uint8Array | undefined;
}

/** Number of values that are scaled at a time, so that a large set is never in memory twice. */
const BLOCK_VALUES = 1 << 22;

/**
 * Points in the space of the clusters, one block at a time. The event loop runs between blocks.
 *
 * @throws the signal's reason when it is aborted
 */
export async function* blocksIn(
  space: Pick<ClusterSpace, 'scalings'>,
  points: Matrix,
  signal?: AbortSignal,
): AsyncGenerator<Block> {
  const broken = findBroken(points);
  const engine = createReferenceEngine();
  const rowsPerBlock = Math.max(1, Math.floor(BLOCK_VALUES / points.columns));
  for (let start = 0; start < points.rows; start += rowsPerBlock) {
    if (start > 0) await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    const end = Math.min(points.rows, start + rowsPerBlock);
    let block = usableRows(points, broken, start, end);
    for (const scaling of space.scalings) {
      // The reference engine works on the host, so data stays there.
      block = (await applyScaling(block, scaling, engine, { signal })) as Matrix;
    }
    yield { start, points: block, broken: broken?.subarray(start, end) };
  }
}
