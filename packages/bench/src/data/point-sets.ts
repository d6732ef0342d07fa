import { gatherRows, matrix, Random, type Matrix } from '@shoal/core';

/** Number of values drawn between two checks of the signal. */
const BATCH = 1 << 20;

/**
 * Independent standard normal numbers, float32.
 *
 * @throws the signal's reason when it is aborted
 */
export async function noise(
  rows: number,
  columns: number,
  seed: number,
  signal: AbortSignal,
): Promise<Matrix> {
  const random = new Random(seed);
  const data = new Float32Array(rows * columns);
  await inBatches(data.length, BATCH, signal, (i) => {
    data[i] = random.normal();
  });
  return matrix(data, rows, columns);
}

export interface BlobOptions {
  readonly rows: number;
  readonly columns: number;
  readonly centers: number;
  /** Standard deviation of the centers' coordinates; points around their center have a standard deviation of 1. */
  readonly spread: number;
  readonly seed: number;
}

/**
 * Overlapping blobs, float32: centers ~ N(0, spread^2 I) are drawn first, then each point draws its center, all
 * equally likely, and adds N(0, I).
 *
 * @throws the signal's reason when it is aborted
 */
export async function blobs(
  { rows, columns, centers, spread, seed }: BlobOptions,
  signal: AbortSignal,
): Promise<{ readonly points: Matrix; readonly labels: Uint32Array }> {
  const random = new Random(seed);
  const middles = Float64Array.from({ length: centers * columns }, () => spread * random.normal());
  const data = new Float32Array(rows * columns);
  const labels = new Uint32Array(rows);
  await inBatches(rows, Math.ceil(BATCH / columns), signal, (i) => {
    const label = (labels[i] = random.integer(centers));
    for (let j = 0; j < columns; j++) {
      data[i * columns + j] = middles[label * columns + j] + random.normal();
    }
  });
  return { points: matrix(data, rows, columns), labels };
}

/** Calls `work` for 0 <= i < count, and can be aborted after each batch. */
async function inBatches(
  count: number,
  batch: number,
  signal: AbortSignal,
  work: (i: number) => void,
): Promise<void> {
  for (let start = 0; start < count; start += batch) {
    const end = Math.min(count, start + batch);
    for (let i = start; i < end; i++) work(i);
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
}

/** `count` different random rows, float32: a start for all contenders. */
export function startingRows(points: Matrix, count: number, seed: number): Matrix {
  const rows = new Random(seed).distinct(count, points.rows);
  return matrix(Float32Array.from(gatherRows(points, rows)), count, points.columns);
}
