import { chunkRows, forEachChunk } from '../chunks.ts';
import type { Matrix } from '../matrix.ts';
import { assertNoOverflow, type ClusterPartition } from './cluster-partition.ts';

/** The centroids of clusters, and the distances of their points. */
export interface ClusterSpread {
  /** Means of the clusters, row-major: `clusters * columns` values. */
  readonly centroids: Float64Array;
  /** Points in each cluster. */
  readonly sizes: Float64Array;
  /** Sum of Euclidean distances of each cluster's points to its centroid. */
  readonly distances: Float64Array;
  /** Sum of squared distances of each cluster's points to its centroid. */
  readonly squaredDistances: Float64Array;
}

/** A squared distance below this share of the points' squared norm is only the rounding of a mean. */
const COINCIDENT_SQUARED = 2 ** -92;

/** A squared distance, or 0 when it is only rounding beside the squared norms of its two points. */
export function withoutRounding(squaredDistance: number, squaredNorm: number): number {
  return squaredDistance < COINCIDENT_SQUARED * squaredNorm ? 0 : squaredDistance;
}

/**
 * Centroids first, distances in a second pass: a difference of sums of squares would lose digits by cancellation.
 *
 * @throws {DataError} when squared distances are too large for float64
 */
export function measureSpread(partition: ClusterPartition): ClusterSpread {
  const { points } = partition;
  const passes = new SpreadPasses(partition);
  passes.addToMeans(0, points.rows);
  passes.finishMeans();
  passes.addDistances(0, points.rows);
  return passes.finish();
}

/** The same, but it can be stopped. @throws the signal's reason when it is aborted */
export async function measureSpreadInChunks(
  partition: ClusterPartition,
  signal: AbortSignal | undefined,
): Promise<ClusterSpread> {
  const { points } = partition;
  const passes = new SpreadPasses(partition);
  const rowsPerChunk = chunkRows(points.columns);
  await forEachChunk(points.rows, rowsPerChunk, signal, (start, end) => {
    passes.addToMeans(start, end);
  });
  passes.finishMeans();
  await forEachChunk(points.rows, rowsPerChunk, signal, (start, end) => {
    passes.addDistances(start, end);
  });
  return passes.finish();
}

/** Both passes, by ranges of rows. */
class SpreadPasses {
  readonly #points: Matrix;
  readonly #codes: Uint32Array;
  readonly #centroids: Float64Array;
  readonly #sizes: Float64Array;
  readonly #squaredNorms: Float64Array;
  readonly #distances: Float64Array;
  readonly #squaredDistances: Float64Array;

  constructor({ points, codes, clusters }: ClusterPartition) {
    this.#points = points;
    this.#codes = codes;
    this.#centroids = new Float64Array(clusters * points.columns);
    this.#sizes = new Float64Array(clusters);
    this.#squaredNorms = new Float64Array(clusters);
    this.#distances = new Float64Array(clusters);
    this.#squaredDistances = new Float64Array(clusters);
  }

  addToMeans(start: number, end: number): void {
    const { data, columns, scale } = this.#points;
    const centroids = this.#centroids;
    for (let i = start; i < end; i++) {
      const code = this.#codes[i];
      const centroid = code * columns;
      this.#sizes[code]++;
      for (let j = 0; j < columns; j++) centroids[centroid + j] += data[i * columns + j] * scale;
    }
  }

  finishMeans(): void {
    const { columns } = this.#points;
    for (let c = 0; c < this.#sizes.length; c++) {
      for (let j = 0; j < columns; j++) {
        this.#centroids[c * columns + j] /= this.#sizes[c];
        this.#squaredNorms[c] += this.#centroids[c * columns + j] ** 2;
      }
    }
  }

  addDistances(start: number, end: number): void {
    const { data, columns, scale } = this.#points;
    const centroids = this.#centroids;
    for (let i = start; i < end; i++) {
      const code = this.#codes[i];
      const centroid = code * columns;
      let squared = 0;
      for (let j = 0; j < columns; j++) {
        const difference = data[i * columns + j] * scale - centroids[centroid + j];
        squared += difference * difference;
      }
      squared = withoutRounding(squared, this.#squaredNorms[code]);
      this.#distances[code] += Math.sqrt(squared);
      this.#squaredDistances[code] += squared;
    }
  }

  finish(): ClusterSpread {
    this.#squaredDistances.forEach(assertNoOverflow);
    return {
      centroids: this.#centroids,
      sizes: this.#sizes,
      distances: this.#distances,
      squaredDistances: this.#squaredDistances,
    };
  }
}
