import { F32, F64, VECTOR, addToDoubles } from './simd';

/** Points handled together: few enough that a tile of wide rows stays in the cache. */
export const TILE_ROWS: usize = 64;

// Set by the host before the first call, here and in the other files: sizes, and the addresses of arrays.

/** The points: rows of `columns` bytes, or of `stride` floats padded with zeros. */
export let points: usize = 0;
export let isBytes: bool = false;
export let columns: usize = 0;
/** Floats in a padded row: the columns, rounded up to whole vectors. Padding holds zeros. */
export let stride: usize = 0;
/** A tile of `stride` floats per row, zero at first, for widened bytes. */
export let widened: usize = 0;
/** One float per point. */
export let weights: usize = 0;
/** One u32 per point: its cluster or component. */
export let labels: usize = 0;
/** stride floats: what `momentRows` subtracts from the points. */
export let momentShift: usize = 0;
/** 2 x stride floats. */
export let momentTile: usize = 0;
/** 2 x stride doubles, added to: first moments, then second. */
export let momentSums: usize = 0;

/** The sample weight of a point. */
// @ts-ignore: decorator
@inline
export function weightOf(row: usize): f32 {
  return load<f32>(weights + row * F32);
}

/** Address of up to a tile of rows as padded floats: in place, or widened from bytes. */
export function floatRows(start: usize, count: usize): usize {
  if (!isBytes) return points + start * stride * F32;
  for (let row: usize = 0; row < count; row++) {
    widenRow(points + (start + row) * columns, widened + row * stride * F32);
  }
  return widened;
}

function widenRow(from: usize, to: usize): void {
  const whole = columns & ~15;
  for (let j: usize = 0; j < whole; j += 16) {
    const sixteen = v128.load(from + j);
    const low = i16x8.extend_low_i8x16_u(sixteen);
    const high = i16x8.extend_high_i8x16_u(sixteen);
    const out = to + j * F32;
    v128.store(out, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(low)));
    v128.store(out, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(low)), VECTOR);
    v128.store(out, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(high)), 2 * VECTOR);
    v128.store(out, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(high)), 3 * VECTOR);
  }
  for (let j = whole; j < columns; j++) {
    store<f32>(to + j * F32, <f32>load<u8>(from + j));
  }
}

/** Adds up w (x - shift) and w (x - shift)^2 by column, in floats within a tile and doubles across tiles. */
export function momentRows(start: usize, count: usize): void {
  const rowBytes = stride * F32;
  for (let first = start; first < start + count; first += TILE_ROWS) {
    const rows = min(TILE_ROWS, start + count - first);
    const tileRows = floatRows(first, rows);
    memory.fill(momentTile, 0, 2 * rowBytes);
    for (let row: usize = 0; row < rows; row++) {
      const point = tileRows + row * rowBytes;
      const weight = f32x4.splat(weightOf(first + row));
      for (let at: usize = 0; at < rowBytes; at += VECTOR) {
        const difference = f32x4.sub(v128.load(point + at), v128.load(momentShift + at));
        const weighted = f32x4.mul(weight, difference);
        const one = momentTile + at;
        const two = one + rowBytes;
        v128.store(one, f32x4.add(v128.load(one), weighted));
        v128.store(two, f32x4.add(v128.load(two), f32x4.mul(weighted, difference)));
      }
    }
    addFloatsToDoubles(momentTile, momentSums, 2 * stride);
  }
}

/** Adds `count` floats (whole vectors) to as many doubles. */
export function addFloatsToDoubles(floats: usize, doubles: usize, count: usize): void {
  for (let i: usize = 0; i < count; i += 4) {
    addToDoubles(doubles + i * F64, v128.load(floats + i * F32));
  }
}
