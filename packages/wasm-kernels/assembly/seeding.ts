import { BATCH_ROWS, floatKeys, keyBytes, keys, pairAll, prepared, preparedBytes } from './keys';
import { chunkRows, columns, labels, loadRow, rows, weightOf } from './points';
import { F32, F64, VECTOR, promoteHigh } from './simd';

// Seeding by direct differences in float32, which are exactly 0 between equal rows: a seed, and every copy of it,
// must weigh nothing in the next draw.

/** Up to 64 rows that may become seeds, in float panels. */
export let candidatePanels: usize = 0;
/** One float per point: squared distance to its nearest seed so far, or to its own centroid. */
export let distances: usize = 0;
/** Per chunk 64 doubles: the potential of each candidate. */
export let potentials: usize = 0;
/** Per chunk a double: its rows' weighted distances, the mass that the next seed is drawn by or the inertia. */
export let chunkInertia: usize = 0;

/** Most candidates at a time. */
const CANDIDATES: usize = 64;

/** Makes a row the candidate at `index`. */
export function loadCandidate(index: usize, row: usize): void {
  loadRow(row, prepared);
  const to = candidatePanels + (index >> 2) * columns * VECTOR + (index & 3) * F32;
  for (let j: usize = 0; j < columns; j++) store<f32>(to + j * VECTOR, load<f32>(prepared + j * F32));
}

/** Prepares a batch of rows and their keys to `count` candidates. */
function compare(first: usize, batch: usize, count: usize): void {
  for (let i: usize = 0; i < batch; i++) loadRow(first + i, prepared + i * preparedBytes);
  keysToCandidates(batch, count);
}

/** Float keys of a prepared batch to the first `count` candidates. */
export function keysToCandidates(batch: usize, count: usize): void {
  pairAll(batch);
  floatKeys(batch, candidatePanels, 0, (count + 3) >> 2);
}

/** A chunk's weighted squared distances to the nearest seed, had each of `count` candidates been added. */
export function seedPotentials(chunk: usize, count: usize): void {
  const to = potentials + chunk * CANDIDATES * F64;
  memory.fill(to, 0, CANDIDATES * F64);
  const end = min(rows, (chunk + 1) * chunkRows);
  for (let first = chunk * chunkRows; first < end; first += BATCH_ROWS) {
    const batch = min(BATCH_ROWS, end - first);
    compare(first, batch, count);
    for (let i: usize = 0; i < batch; i++) {
      const nearest = f32x4.splat(load<f32>(distances + (first + i) * F32));
      const weight = f64x2.splat(<f64>weightOf(first + i));
      for (let c: usize = 0; c < count; c += 4) {
        const after = f32x4.min(nearest, v128.load(keys + i * keyBytes + c * F32));
        const at = to + c * F64;
        const low = f64x2.mul(weight, f64x2.promote_low_f32x4(after));
        const high = f64x2.mul(weight, promoteHigh(after));
        v128.store(at, f64x2.add(v128.load(at), low));
        v128.store(at, f64x2.add(v128.load(at, VECTOR), high), VECTOR);
      }
    }
  }
}

/** Takes `count` candidates, numbered from `firstSeed`, among the seeds: renews a chunk's nearest and its mass. */
export function addSeeds(chunk: usize, count: usize, firstSeed: usize): void {
  let mass: f64 = 0;
  const end = min(rows, (chunk + 1) * chunkRows);
  for (let first = chunk * chunkRows; first < end; first += BATCH_ROWS) {
    const batch = min(BATCH_ROWS, end - first);
    compare(first, batch, count);
    for (let i: usize = 0; i < batch; i++) {
      const at = (first + i) * F32;
      let nearest = load<f32>(distances + at);
      for (let c: usize = 0; c < count; c++) {
        const distance = load<f32>(keys + i * keyBytes + c * F32);
        if (distance >= nearest) continue;
        nearest = distance;
        store<u32>(labels + at, <u32>(firstSeed + c));
      }
      store<f32>(distances + at, nearest);
      mass += <f64>weightOf(first + i) * <f64>nearest;
    }
  }
  store<f64>(chunkInertia + chunk * F64, mass);
}
