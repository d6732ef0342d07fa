import { F32, F64, VECTOR, sumLanes } from './simd';
import { TILE_ROWS, addFloatsToDoubles, floatRows, labels, stride, weightOf } from './points';

/** Centroids compared with a tile before its running nearest is updated: bounds the scratch at any K. */
const CENTROID_BLOCK: usize = 64;
/** Tiles whose sums are kept in floats before they go to doubles. */
const TILES_PER_FLUSH: usize = 4;

/** Weighted sum of squared distances over the rows assigned by the last call. */
export let inertia: f64 = 0;
/** Rows that changed their label in the last call. */
export let changed: usize = 0;

/** K */
export let clusters: usize = 0;
/** K x stride floats. */
export let centroids: usize = 0;
/** One float per point: squared distance to its centroid. */
export let distances: usize = 0;
/** K x stride floats, zero between calls. */
export let floatSums: usize = 0;
/** K x stride doubles, added to. */
export let sums: usize = 0;
/** K doubles, added to. */
export let clusterWeights: usize = 0;
/** (64 + 2) x 64 words. */
export let scratch: usize = 0;
/** Up to 64 x stride floats: rows that may become seeds. */
export let candidates: usize = 0;
/** One float per point: squared distance to its nearest seed so far. */
export let seedDistances: usize = 0;
/** 64 doubles, added to. */
export let potentials: usize = 0;

/**
 * Squared distances of up to a tile of rows to `count` centres, by direct differences, which are exact near
 * zero where |x|^2 - 2 x.c + |c|^2 cancels. Four rows by two centres share their loads in registers.
 *
 * @param points `rows` x stride floats
 * @param centres `count` x stride floats
 * @param out count x 64 floats; the ones past `rows` repeat the last row
 */
function distanceTile(points: usize, rows: usize, centres: usize, count: usize, out: usize): void {
  const rowBytes = stride * F32;
  const last = points + (rows - 1) * rowBytes;
  for (let row: usize = 0; row < rows; row += 4) {
    const point0 = points + row * rowBytes;
    const point1 = min(point0 + rowBytes, last);
    const point2 = min(point0 + 2 * rowBytes, last);
    const point3 = min(point0 + 3 * rowBytes, last);
    for (let k: usize = 0; k < count; k += 2) {
      // An odd last centre is paired with itself.
      const next = min(k + 1, count - 1);
      const centre0 = centres + k * rowBytes;
      const centre1 = centres + next * rowBytes;
      let sum00 = f32x4.splat(0);
      let sum01 = sum00;
      let sum10 = sum00;
      let sum11 = sum00;
      let sum20 = sum00;
      let sum21 = sum00;
      let sum30 = sum00;
      let sum31 = sum00;
      for (let at: usize = 0; at < rowBytes; at += VECTOR) {
        const c0 = v128.load(centre0 + at);
        const c1 = v128.load(centre1 + at);
        let x = v128.load(point0 + at);
        sum00 = addSquare(sum00, f32x4.sub(x, c0));
        sum01 = addSquare(sum01, f32x4.sub(x, c1));
        x = v128.load(point1 + at);
        sum10 = addSquare(sum10, f32x4.sub(x, c0));
        sum11 = addSquare(sum11, f32x4.sub(x, c1));
        x = v128.load(point2 + at);
        sum20 = addSquare(sum20, f32x4.sub(x, c0));
        sum21 = addSquare(sum21, f32x4.sub(x, c1));
        x = v128.load(point3 + at);
        sum30 = addSquare(sum30, f32x4.sub(x, c0));
        sum31 = addSquare(sum31, f32x4.sub(x, c1));
      }
      const to = out + row * F32;
      v128.store(to + k * TILE_ROWS * F32, sumLanes(sum00, sum10, sum20, sum30));
      v128.store(to + next * TILE_ROWS * F32, sumLanes(sum01, sum11, sum21, sum31));
    }
  }
}

// @ts-ignore: decorator
@inline
function addSquare(sum: v128, difference: v128): v128 {
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

/**
 * Assigns rows to their nearest centroids and adds them to the clusters' sums, in one pass over the points.
 * Leaves `inertia` and `changed` of these rows.
 */
export function assignRows(start: usize, count: usize): void {
  inertia = 0;
  changed = 0;
  let unflushed: usize = 0;
  for (let first = start; first < start + count; first += TILE_ROWS) {
    const rows = min(TILE_ROWS, start + count - first);
    const points = floatRows(first, rows);
    findNearest(points, rows);
    settle(points, first, rows);
    if (++unflushed === TILES_PER_FLUSH) {
      flush();
      unflushed = 0;
    }
  }
  if (unflushed > 0) flush();
}

/** Running minimum over blocks of centroids; leaves a tile of distances, then labels, in the scratch. */
function findNearest(points: usize, rows: usize): void {
  const tileBytes = TILE_ROWS * F32;
  const nearest = scratch;
  const winner = scratch + tileBytes;
  const block = scratch + 2 * tileBytes;
  for (let at: usize = 0; at < tileBytes; at += VECTOR) {
    v128.store(nearest + at, f32x4.splat(Infinity));
    v128.store(winner + at, i32x4.splat(0));
  }
  for (let k: usize = 0; k < clusters; k += CENTROID_BLOCK) {
    const inBlock = min(CENTROID_BLOCK, clusters - k);
    distanceTile(points, rows, centroids + k * stride * F32, inBlock, block);
    for (let at: usize = 0; at < rows * F32; at += VECTOR) {
      let smallest = v128.load(nearest + at);
      let label = v128.load(winner + at);
      for (let i: usize = 0; i < inBlock; i++) {
        const distance = v128.load(block + i * tileBytes + at);
        const nearer = f32x4.lt(distance, smallest);
        smallest = v128.bitselect(distance, smallest, nearer);
        label = v128.bitselect(i32x4.splat(<i32>(k + i)), label, nearer);
      }
      v128.store(nearest + at, smallest);
      v128.store(winner + at, label);
    }
  }
}

/** Records a tile's labels and distances and adds its rows to the sums of their clusters. */
function settle(points: usize, first: usize, rows: usize): void {
  const rowBytes = stride * F32;
  const winner = scratch + TILE_ROWS * F32;
  for (let row: usize = 0; row < rows; row++) {
    const inTile = row * F32;
    const inAll = (first + row) * F32;
    const label = <usize>load<u32>(winner + inTile);
    const distance = load<f32>(scratch + inTile);
    const weight = weightOf(first + row);
    if (label !== <usize>load<u32>(labels + inAll)) changed++;
    store<u32>(labels + inAll, <u32>label);
    store<f32>(distances + inAll, distance);
    inertia += <f64>weight * <f64>distance;
    const total = clusterWeights + label * F64;
    store<f64>(total, load<f64>(total) + <f64>weight);
    addScaledRow(floatSums + label * rowBytes, points + row * rowBytes, weight);
  }
}

function addScaledRow(to: usize, from: usize, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = from + stride * F32;
  while (from < end) {
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(factors, v128.load(from))));
    from += VECTOR;
    to += VECTOR;
  }
}

/** Moves the float sums to the doubles. */
function flush(): void {
  addFloatsToDoubles(floatSums, sums, clusters * stride);
  memory.fill(floatSums, 0, clusters * stride * F32);
}

/** Squared distances of a tile of rows to up to 64 centroids from `firstCentroid`, left in the scratch. */
export function centroidDistanceTile(start: usize, rows: usize, firstCentroid: usize, count: usize): void {
  const centres = centroids + firstCentroid * stride * F32;
  distanceTile(floatRows(start, rows), rows, centres, count, scratch);
}

/** Adds the rows' weighted squared distances to their nearest seed, had each candidate been added. */
export function seedPotentialRows(start: usize, count: usize, candidateCount: usize): void {
  for (let first = start; first < start + count; first += TILE_ROWS) {
    const rows = min(TILE_ROWS, start + count - first);
    distanceTile(floatRows(first, rows), rows, candidates, candidateCount, scratch);
    for (let c: usize = 0; c < candidateCount; c++) {
      const distance = scratch + c * TILE_ROWS * F32;
      let potential: f64 = 0;
      for (let row: usize = 0; row < rows; row++) {
        const before = load<f32>(seedDistances + (first + row) * F32);
        const after = min(before, load<f32>(distance + row * F32));
        potential += <f64>weightOf(first + row) * <f64>after;
      }
      const to = potentials + c * F64;
      store<f64>(to, load<f64>(to) + potential);
    }
  }
}

/** Lowers the rows' distances to their nearest seed, the first candidate being a seed now. */
export function addSeedRows(start: usize, count: usize): void {
  for (let first = start; first < start + count; first += TILE_ROWS) {
    const rows = min(TILE_ROWS, start + count - first);
    distanceTile(floatRows(first, rows), rows, candidates, 1, scratch);
    for (let row: usize = 0; row < rows; row++) {
      const nearest = seedDistances + (first + row) * F32;
      store<f32>(nearest, min(load<f32>(nearest), load<f32>(scratch + row * F32)));
    }
  }
}
