import { CANDIDATES, compareAll } from './candidates';
import { centers } from './centers';
import { BATCH_ROWS, keyBytes, keys } from './keys';
import { chunkRows, columns, exactSquared, labelOf, rows, weightOf } from './points';
import { chunkInertia, chunkRest, distances, placed } from './seeding';
import { F32, F64 } from './simd';

/** Rows x 64 floats: distances to up to 64 centroids. */
export let table: usize = 0;

/**
 * A chunk's squared distances to the rows' own centroids, by float64 differences, and its inertia: first in multiples of the
 * power of two of `high`, then what these leave out in multiples of that of `low`. Both sums are without rounding.
 */
export function ownDistances(chunk: usize, high: f64, low: f64): void {
  let inertia: f64 = 0;
  let rest: f64 = 0;
  const end = min(rows, (chunk + 1) * chunkRows);
  for (let row = chunk * chunkRows; row < end; row++) {
    const square = exactSquared(row, centers + labelOf(row) * columns * F64);
    store<f32>(distances + row * F32, <f32>square);
    const own = <f64>weightOf(row) * square;
    const most = placed(own, high);
    inertia += most;
    rest += placed(own - most, low);
  }
  store<f64>(chunkInertia + chunk * F64, inertia);
  store<f64>(chunkRest + chunk * F64, rest);
}

/** Squared distances of one batch of the rows `start <= i < end` to the first `count` candidates. */
export function tableBatch(batch: usize, start: usize, end: usize, count: usize): void {
  const first = start + batch * BATCH_ROWS;
  const size = min(BATCH_ROWS, end - first);
  compareAll(first, size, count);
  for (let i: usize = 0; i < size; i++) {
    const to = table + (first + i - start) * CANDIDATES * F32;
    memory.copy(to, keys + i * keyBytes, count * F32);
  }
}
