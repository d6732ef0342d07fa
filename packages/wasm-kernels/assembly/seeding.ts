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
/** Per chunk a double: the greatest mass of a row, or what the sum of an inertia leaves out. */
export let chunkRest: usize = 0;

/** The multiple of a power of two that is nearest to a value; `magic` is 1.5 x 2^52 of that power. */
// @ts-ignore: decorator
@inline
export function placed(value: f64, magic: f64): f64 {
  return value + magic - magic;
}

/**
 * Adds the first `added` candidates to the seeds, with numbers from `firstSeed`: updates a chunk's nearest seeds and its
 * mass. Then computes the potential of each of the next `count` candidates: the sum of weighted distances if it were a seed,
 * too. All of these are sums of multiples of one power of two, which the host chooses such that doubles add them without
 * rounding: so they do not depend on how rows are divided.
 */
export function seedChunk(chunk: usize, added: usize, firstSeed: usize, count: usize, magic: f64): void {
  readTuning();
  const to = potentials + chunk * CANDIDATES * F64;
  memory.fill(to, 0, CANDIDATES * F64);
  let mass: f64 = 0;
  let greatest: f64 = 0;
  const end = min(rows, (chunk + 1) * chunkRows);
  for (let first = chunk * chunkRows; first < end; first += BATCH_ROWS) {
    const batch = min(BATCH_ROWS, end - first);
    compareNearer(first, batch, added + count, distances);
    for (let i: usize = 0; i < batch; i++) {
      const from = keys + i * keyBytes;
      const nearest = addTo(first + i, from, added, firstSeed);
      const own = <f64>weightOf(first + i) * <f64>nearest;
      mass += placed(own, magic);
      greatest = max(greatest, own);
      if (count > 0) addPotentials(first + i, nearest, from + added * F32, count, to, magic);
    }
  }
  store<f64>(chunkInertia + chunk * F64, mass);
  store<f64>(chunkRest + chunk * F64, greatest);
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
function addPotentials(row: usize, nearest: f32, from: usize, count: usize, to: usize, magic: f64): void {
  const weight = f64x2.splat(<f64>weightOf(row));
  const place = f64x2.splat(magic);
  for (let c: usize = 0; c < count; c += 4) {
    const after = f32x4.pmin(f32x4.splat(nearest), v128.load(from + c * F32));
    const at = to + c * F64;
    const low = f64x2.sub(f64x2.add(f64x2.mul(weight, f64x2.promote_low_f32x4(after)), place), place);
    const high = f64x2.sub(f64x2.add(f64x2.mul(weight, promoteHigh(after)), place), place);
    v128.store(at, f64x2.add(v128.load(at), low));
    v128.store(at, f64x2.add(v128.load(at, VECTOR), high), VECTOR);
  }
}
