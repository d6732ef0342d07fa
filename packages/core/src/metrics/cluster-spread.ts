import { chunkRows, forEachChunk } from '../chunks.ts';
import { assertFinite, type Matrix } from '../matrix.ts';
import { forEachPart } from '../parts/part-reader.ts';
import type { PartedPoints } from '../parts/parted-points.ts';
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
export function measureSpread({ points, codes, clusters }: ClusterPartition): ClusterSpread {
  const passes = new SpreadPasses(points.columns, codes, clusters);
  passes.addToMeans(points, 0, 0, points.rows);
  passes.finishMeans();
  passes.addDistances(points, 0, 0, points.rows);
  return passes.finish();
}

/** The same, but it can be stopped. @throws the signal's reason when it is aborted */
export async function measureSpreadInChunks(
  { points, codes, clusters }: ClusterPartition,
  signal: AbortSignal | undefined,
): Promise<ClusterSpread> {
  return inPasses(points.columns, codes, clusters, (pass) => inChunks(points, 0, signal, pass));
}

/**
 * The same of points in parts, to the same bits.
 *
 * @param codes the cluster of each point; `clusters` for those without one, which are left out
 * @throws {DataError} also when a value is NaN or infinite
 */
export async function measureSpreadOfParts(
  points: PartedPoints,
  codes: Uint32Array,
  clusters: number,
  signal: AbortSignal | undefined,
): Promise<ClusterSpread> {
  return inPasses(points.columns, codes, clusters, (pass) =>
    forEachPart(
      points,
      signal,
      (part, first) => {
        assertFinite(part, first);
        return inChunks(part, first, signal, pass);
      },
      { reuses: true },
    ),
  );
}

/** Adds rows of points, of which the first is row `first` of all. */
type Pass = (points: Matrix, first: number, start: number, end: number) => void;

function inChunks(points: Matrix, first: number, signal: AbortSignal | undefined, pass: Pass): Promise<void> {
  return forEachChunk(points.rows, chunkRows(points.columns), signal, (start, end) => {
    pass(points, first, start, end);
  });
}

async function inPasses(
  columns: number,
  codes: Uint32Array,
  clusters: number,
  overAll: (pass: Pass) => Promise<void>,
): Promise<ClusterSpread> {
  const passes = new SpreadPasses(columns, codes, clusters);
  await overAll((points, first, start, end) => {
    passes.addToMeans(points, first, start, end);
  });
  passes.finishMeans();
  await overAll((points, first, start, end) => {
    passes.addDistances(points, first, start, end);
  });
  return passes.finish();
}

/** Both passes, by ranges of rows. */
class SpreadPasses {
  readonly #columns: number;
  readonly #codes: Uint32Array;
  readonly #centroids: Float64Array;
  readonly #sizes: Float64Array;
  readonly #squaredNorms: Float64Array;
  readonly #distances: Float64Array;
  readonly #squaredDistances: Float64Array;

  constructor(columns: number, codes: Uint32Array, clusters: number) {
    this.#columns = columns;
    this.#codes = codes;
    this.#centroids = new Float64Array(clusters * columns);
    this.#sizes = new Float64Array(clusters);
    this.#squaredNorms = new Float64Array(clusters);
    this.#distances = new Float64Array(clusters);
    this.#squaredDistances = new Float64Array(clusters);
  }

  addToMeans({ data, columns, scale }: Matrix, first: number, start: number, end: number): void {
    const centroids = this.#centroids;
    for (let i = start; i < end; i++) {
      const code = this.#codes[first + i];
      if (code >= this.#sizes.length) continue;
      const centroid = code * columns;
      this.#sizes[code]++;
      for (let j = 0; j < columns; j++) centroids[centroid + j] += data[i * columns + j] * scale;
    }
  }

  finishMeans(): void {
    const columns = this.#columns;
    for (let c = 0; c < this.#sizes.length; c++) {
      for (let j = 0; j < columns; j++) {
        this.#centroids[c * columns + j] /= this.#sizes[c];
        this.#squaredNorms[c] += this.#centroids[c * columns + j] ** 2;
      }
    }
  }

  addDistances({ data, columns, scale }: Matrix, first: number, start: number, end: number): void {
    const centroids = this.#centroids;
    for (let i = start; i < end; i++) {
      const code = this.#codes[first + i];
      if (code >= this.#sizes.length) continue;
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
