import { appendLong } from './set-bits';
import { F32, VECTOR, maskOf, multiplyAdd } from './simd';
import { sketchBytes, sketchColumns, sketchOf } from './sketches';
import { GROUP, boxOf, leafStart, leaves } from './space-tree';

// Blocks of leaves in float32: see leaf-blocks.ts.

/** Bytes of one coordinate of a group. */
const COLUMN_BYTES: usize = GROUP * F32;

/** Writes the sketches of a leaf by groups. */
export function packFloats(leaf: usize, block: usize): void {
  const start = leafStart(leaf);
  const count = leafStart(leaf + 1) - start;
  const bytes = sketchBytes();
  for (let at: usize = 0; at < count; at++) {
    const from = sketchOf(start + at);
    const to = block + (at / GROUP) * GROUP * bytes + (at % GROUP) * F32;
    for (let j: usize = 0; j < bytes; j += F32) store<f32>(to + j * GROUP, load<f32>(from + j));
  }
}

/** The points of a group of a block in whose limits another leaf may have points: one bit each. */
export function nearFloats(ownBlock: usize, group: usize, leaf: usize, limits: usize): i32 {
  const least = boxOf(leaves + leaf);
  const greatest = least + sketchBytes();
  let from = ownBlock + group * GROUP * sketchBytes();
  let a = f32x4.splat(0);
  let b = a;
  for (let j: usize = 0; j < sketchColumns * F32; j += F32) {
    const low = v128.load32_splat(least + j);
    const high = v128.load32_splat(greatest + j);
    a = addGap(a, v128.load(from), low, high);
    b = addGap(b, v128.load(from, VECTOR), low, high);
    from += COLUMN_BYTES;
  }
  const to = limits + group * COLUMN_BYTES;
  return maskOf(f32x4.le(a, v128.load(to)), f32x4.le(b, v128.load(to, VECTOR)));
}

// @ts-ignore: decorator
@inline
function addGap(sum: v128, values: v128, low: v128, high: v128): v128 {
  const gap = f32x4.max(f32x4.max(f32x4.sub(low, values), f32x4.sub(values, high)), f32x4.splat(0));
  return multiplyAdd(sum, gap, gap);
}

/**
 * Writes pairs as `nearPairs`, for the points of a leaf from `start` on whose numbers are listed from `points` to `end`.
 *
 * @returns where the pairs end
 */
export function scanFloats(
  start: usize,
  points: usize,
  end: usize,
  leaf: usize,
  block: usize,
  limits: usize,
  to: usize,
): usize {
  for (; points < end; points += 2) {
    const i = <usize>load<u16>(points);
    to = scanFrom(sketchOf(start + i), leaf, block, load<f32>(limits + i * F32), <i32>(i << 16), to);
  }
  return to;
}

function scanFrom(sketch: usize, leaf: usize, block: usize, limit: f32, base: i32, to: usize): usize {
  const count = leafStart(leaf + 1) - leafStart(leaf);
  const bytes = sketchBytes();
  const last = sketch + bytes;
  const limits = f32x4.splat(limit);
  for (let first: usize = 0; first < count; first += GROUP, block += GROUP * bytes) {
    let from = block;
    let a = f32x4.splat(0);
    let b = a;
    let query = sketch;
    let near: v128;
    do {
      // Four coordinates, without a loop.
      let q = v128.load32_splat(query);
      let x = f32x4.sub(v128.load(from), q);
      let y = f32x4.sub(v128.load(from, 16), q);
      a = multiplyAdd(a, x, x);
      b = multiplyAdd(b, y, y);
      q = v128.load32_splat(query, 4);
      x = f32x4.sub(v128.load(from, 32), q);
      y = f32x4.sub(v128.load(from, 48), q);
      a = multiplyAdd(a, x, x);
      b = multiplyAdd(b, y, y);
      q = v128.load32_splat(query, 8);
      x = f32x4.sub(v128.load(from, 64), q);
      y = f32x4.sub(v128.load(from, 80), q);
      a = multiplyAdd(a, x, x);
      b = multiplyAdd(b, y, y);
      q = v128.load32_splat(query, 12);
      x = f32x4.sub(v128.load(from, 96), q);
      y = f32x4.sub(v128.load(from, 112), q);
      a = multiplyAdd(a, x, x);
      b = multiplyAdd(b, y, y);
      query += VECTOR;
      from += 4 * COLUMN_BYTES;
      near = v128.or(f32x4.le(a, limits), f32x4.le(b, limits));
    } while (query < last && v128.any_true(near));
    let bits = maskOf(f32x4.le(a, limits), f32x4.le(b, limits));
    if (bits === 0) continue;
    // Beyond the points there is room for a whole group.
    if (first + GROUP > count) bits &= (1 << <i32>(count - first)) - 1;
    to = appendLong(to, bits, base | <i32>first);
  }
  return to;
}
