import { CANDIDATES, compareNearer } from './candidates';
import { BATCH_ROWS, keyBytes, keys } from './keys';
import { chunkRows, labels, rows, weightOf } from './points';
import { F32, F64, VECTOR, promoteHigh } from './simd';
import { readTuning } from './tuning';

/** One float per point: squared distance to its nearest seed so far, or to its own centroid. */
export let distances: usize = 0;
/** Per chunk 64 doubles: the potential of each candidate. */
export let potentials: usize = 0;
/**
 * Per chunk a double: the sum of its rows' weighted squared distances, which is the inertia, or the mass by which the next
 * seed is drawn.
 */
export let chunkInertia: usize = 0;

/**
 * Adds the first `added` candidates to the seeds, with numbers from `firstSeed`: updates a chunk's nearest seeds and its
 * mass. Then computes the potential of each of the next `count` candidates: the sum of weighted distances if it were a seed,
 * too.
 */
export function seedChunk(chunk: usize, added: usize, firstSeed: usize, count: usize): void {
  readTuning();
  const to = potentials + chunk * CANDIDATES * F64;
  memory.fill(to, 0, CANDIDATES * F64);
  let mass: f64 = 0;
  const end = min(rows, (chunk + 1) * chunkRows);
  for (let first = chunk * chunkRows; first < end; first += BATCH_ROWS) {
    const batch = min(BATCH_ROWS, end - first);
    compareNearer(first, batch, added + count, distances);
    for (let i: usize = 0; i < batch; i++) {
      const from = keys + i * keyBytes;
      const nearest = addTo(first + i, from, added, firstSeed);
      mass += <f64>weightOf(first + i) * <f64>nearest;
      if (count > 0) addPotentials(first + i, nearest, from + added * F32, count, to);
    }
  }
  store<f64>(chunkInertia + chunk * F64, mass);
}

/** Updates a row's nearest seed; returns the distance. */
// @ts-ignore: decorator
@inline
function addTo(row: usize, from: usize, added: usize, firstSeed: usize): f32 {
  const at = row * F32;
  let nearest = load<f32>(distances + at);
  for (let c: usize = 0; c < added; c++) {
    const distance = load<f32>(from + c * F32);
    if (distance >= nearest) continue;
    nearest = distance;
    store<u32>(labels + at, <u32>(firstSeed + c));
  }
  store<f32>(distances + at, nearest);
  return nearest;
}

// @ts-ignore: decorator
@inline
function addPotentials(row: usize, nearest: f32, from: usize, count: usize, to: usize): void {
  const weight = f64x2.splat(<f64>weightOf(row));
  for (let c: usize = 0; c < count; c += 4) {
    const after = f32x4.pmin(f32x4.splat(nearest), v128.load(from + c * F32));
    const at = to + c * F64;
    const low = f64x2.mul(weight, f64x2.promote_low_f32x4(after));
    const high = f64x2.mul(weight, promoteHigh(after));
    v128.store(at, f64x2.add(v128.load(at), low));
    v128.store(at, f64x2.add(v128.load(at, VECTOR), high), VECTOR);
  }
}
