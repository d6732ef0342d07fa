import type { DispatchWork } from '../../runtime/dispatch-work.ts';

/** The points of one dispatch, and the number of clusters. */
export interface LloydShape {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  /** 4 for float32, 1 for bytes. */
  readonly valueBytes: number;
  readonly weighted: boolean;
}

// The work of kernels on any device: two operations for each product of x.c or, for a straight distance, three for (x -
// c)^2; and each byte of device memory once, as if all repeated reads came from caches. Real traffic can only be more.

/** Labels and distances by sums of squares. */
export function straightWork({ rows, columns, clusters, ...shape }: LloydShape): DispatchWork {
  return {
    flops: 3 * rows * columns * clusters,
    bytes: pointBytes({ rows, columns, ...shape }) + centroidBytes(columns, clusters) + labelBytes(rows),
  };
}

/** Labels by `products` products of each point and centroid, and the distance to the nearest centroid. */
export function candidatesWork(
  { rows, columns, clusters, ...shape }: LloydShape,
  products: number,
): DispatchWork {
  return {
    flops: (2 * products * clusters + 3) * rows * columns,
    bytes: pointBytes({ rows, columns, ...shape }) + centroidBytes(columns, clusters) + labelBytes(rows),
  };
}

/** Sums of the points of each cluster, written as `groups` partial sums. */
export function sumsWork({ rows, columns, clusters, ...shape }: LloydShape, groups: number): DispatchWork {
  return {
    flops: rows * columns * (shape.weighted ? 2 : 1),
    bytes: pointBytes({ rows, columns, ...shape }) + 4 * rows + groups * sumBytes(columns, clusters),
  };
}

/** Both while the points are read once. */
export function fusedWork(shape: LloydShape, groups: number): DispatchWork {
  const { rows, columns, clusters, weighted } = shape;
  const labeling = straightWork(shape);
  return {
    flops: labeling.flops + rows * columns * (weighted ? 2 : 1),
    bytes: labeling.bytes + groups * sumBytes(columns, clusters),
  };
}

/** Adds up partial sums. */
export function sumBlocksWork(columns: number, clusters: number, groups: number): DispatchWork {
  return { flops: groups * clusters * (columns + 1), bytes: (groups + 1) * sumBytes(columns, clusters) };
}

/** Moves the centroids: a division and the movement, squared, of each value. */
export function concludeWork(columns: number, clusters: number): DispatchWork {
  return {
    flops: 4 * clusters * columns,
    bytes: sumBytes(columns, clusters) + 2 * centroidBytes(columns, clusters),
  };
}

function pointBytes({ rows, columns, valueBytes, weighted }: Omit<LloydShape, 'clusters'>): number {
  return rows * (columns * valueBytes + (weighted ? 4 : 0));
}

function centroidBytes(columns: number, clusters: number): number {
  return 4 * columns * clusters;
}

function sumBytes(columns: number, clusters: number): number {
  return 4 * clusters * (columns + 1);
}

/** A label is read, and it and its distance are written. */
function labelBytes(rows: number): number {
  return 12 * rows;
}
