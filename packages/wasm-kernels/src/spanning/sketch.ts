import {
  assertFinite,
  createReferenceEngine,
  DataError,
  gatherRows,
  matrix,
  Pca,
  type Matrix,
} from '@shoal/core';

/** Up to so many columns, and up to so many rows, sketches are the points themselves. */
const MAX_WHOLE_COLUMNS = 24;
const MAX_WHOLE_ROWS = 512;
/** Directions of a sketch of many columns; with the length of what is left, it has whole vectors. */
const DIRECTIONS = 23;
/** The most values of the rows from which the directions are found, and the most of these rows. */
const SAMPLE_VALUES = 1e6;
const SAMPLE_ROWS = 1024;
/** Distances beyond this may not have a square in float64. */
const MAX_REACH = 1e150;

/** How points are sketched; see assembly/sketches.ts. */
export interface SketchPlan {
  /** D values. */
  readonly center: Float64Array;
  /** No point is farther from the center. */
  readonly reach: number;
  /** A power of two that makes the reach at most 1. */
  readonly scale: number;
  /** Unit vectors as rows of D values; none when sketches are the points themselves. */
  readonly directions: Float64Array;
  readonly directionCount: number;
  /** Coordinates of a sketch. */
  readonly columns: number;
}

/**
 * Chooses directions in which the points differ most: their leading principal components, from some rows. Other directions would
 * only make a search slower.
 *
 * @throws {DataError} when a value is NaN or infinite, or squares of distances are too large for float64
 */
export async function planSketch(source: Matrix, signal: AbortSignal | undefined): Promise<SketchPlan> {
  assertFinite(source);
  const { rows, columns } = source;
  const sample = sampleRows(source);
  const center = meanOfRows(sample);
  const reach = reachOf(source, center);
  if (!(reach < MAX_REACH)) {
    throw new DataError(
      `Points are up to ${reach} from their middle: too far for squares of distances; scale the columns first.`,
    );
  }
  const scale = reach === 0 ? 1 : 2 ** -Math.ceil(Math.log2(reach));
  if (columns <= MAX_WHOLE_COLUMNS || rows <= MAX_WHOLE_ROWS) {
    return { center, reach, scale, directions: new Float64Array(0), directionCount: 0, columns };
  }
  const pca = new Pca({ components: DIRECTIONS, seed: 0, engine: createReferenceEngine() });
  const { components } = await pca.fit(sample, { signal });
  return {
    center,
    reach,
    scale,
    directions: Float64Array.from(components.data),
    directionCount: DIRECTIONS,
    columns: DIRECTIONS + 1,
  };
}

/** Evenly spaced rows, in float64. */
function sampleRows(source: Matrix): Matrix {
  const { rows, columns } = source;
  const most = Math.max(2 * DIRECTIONS, Math.min(SAMPLE_ROWS, Math.floor(SAMPLE_VALUES / columns)));
  const count = Math.min(rows, most);
  const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
  return matrix(gatherRows(source, chosen), count, columns);
}

function meanOfRows({ data, rows, columns }: Matrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let at = 0; at < data.length; at++) mean[at % columns] += data[at] / rows;
  return mean;
}

/** A bound of the distance of the points from the center, by the extent of each column. */
function reachOf({ data, columns, scale }: Matrix, center: Float64Array): number {
  const least = new Float64Array(columns).fill(data instanceof Uint8Array ? 0 : Infinity);
  const greatest = new Float64Array(columns).fill(data instanceof Uint8Array ? 255 : -Infinity);
  if (!(data instanceof Uint8Array)) {
    for (let at = 0; at < data.length; at += columns) {
      for (let j = 0; j < columns; j++) {
        const value = data[at + j];
        if (value < least[j]) least[j] = value;
        if (value > greatest[j]) greatest[j] = value;
      }
    }
  }
  let sum = 0;
  for (let j = 0; j < columns; j++) {
    sum += Math.max(Math.abs(greatest[j] * scale - center[j]), Math.abs(least[j] * scale - center[j])) ** 2;
  }
  return Math.sqrt(sum);
}
