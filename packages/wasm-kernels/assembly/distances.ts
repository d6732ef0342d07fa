import { centres } from './centres';
import { BATCH_ROWS, keyBytes, keys, prepared, preparedBytes } from './keys';
import { chunkRows, columns, exactSquared, labelOf, loadRow, rows, weightOf } from './points';
import { candidatePanels, chunkInertia, distances, keysToCandidates } from './seeding';
import { F32, F64, VECTOR } from './simd';

/** Rows x 64 floats: distances to up to 64 centroids. */
export let table: usize = 0;

/** A chunk's squared distances to the rows' own centroids, by float64 differences, and its inertia. */
export function ownDistances(chunk: usize): void {
  let inertia: f64 = 0;
  const end = min(rows, (chunk + 1) * chunkRows);
  for (let row = chunk * chunkRows; row < end; row++) {
    const square = exactSquared(row, centres + labelOf(row) * columns * F64);
    store<f32>(distances + row * F32, <f32>square);
    inertia += <f64>weightOf(row) * square;
  }
  store<f64>(chunkInertia + chunk * F64, inertia);
}

/** Makes centroid k the candidate at `index`; see seeding.ts. */
export function loadCentre(index: usize, k: usize): void {
  const to = candidatePanels + (index >> 2) * columns * VECTOR + (index & 3) * F32;
  const centre = centres + k * columns * F64;
  for (let j: usize = 0; j < columns; j++) store<f32>(to + j * VECTOR, <f32>load<f64>(centre + j * F64));
}

/** Squared distances of one batch of rows out of `start <= i < end` to the first `count` candidates. */
export function tableBatch(batch: usize, start: usize, end: usize, count: usize): void {
  const first = start + batch * BATCH_ROWS;
  const size = min(BATCH_ROWS, end - first);
  for (let i: usize = 0; i < size; i++) loadRow(first + i, prepared + i * preparedBytes);
  keysToCandidates(size, count);
  for (let i: usize = 0; i < size; i++) {
    const to = table + (first + i - start) * 64 * F32;
    memory.copy(to, keys + i * keyBytes, count * F32);
  }
}
