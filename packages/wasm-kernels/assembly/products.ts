import { chunkRows, columns, loadRow, paddedBytes, rows, weightOf } from './points';
import { F32, F64, VECTOR, addToDoubles, multiplyAdd } from './simd';

// Products of the points, minus a row vector, with a matrix of up to 32 columns.

/** Columns of a factor: always 32; the columns that were not asked for are 0. */
const WIDTH: usize = 32;
const WIDTH_BYTES: usize = WIDTH * F32;
/** Rows whose products are summed in floats before they are added to doubles. */
const BLOCK_ROWS: usize = 64;

/** D rows of 32 floats: the factor. */
export let factor: usize = 0;
/** The products: rows of 32 floats, three more than the points asked for. */
export let productTable: usize = 0;
/** Rows of a slot, and how many of them one call handles; see moments.ts. */
export let gramRows: usize = 0;
export let gramPart: usize = 0;
/** Per slot, the running sums: rows of 32 doubles, one per column of the points (padded to a multiple of four). */
export let grams: usize = 0;
export let gramBytes: usize = 0;
/** 64 rows of D floats, padded with zeros to whole vectors, and 64 rows of 32 floats. */
export let blockPoints: usize = 0;
export let blockProducts: usize = 0;

/** Products of one chunk of the rows `first <= i < end` with the factor. */
export function multiplyChunk(chunk: usize, first: usize, end: usize): void {
  const last = min(end, first + (chunk + 1) * chunkRows);
  for (let start = first + chunk * chunkRows; start < last; start += BLOCK_ROWS) {
    const count = min(BLOCK_ROWS, last - start);
    loadBlock(start, count);
    multiplyBlock(count, productTable + (start - first) * WIDTH_BYTES);
  }
}

/** Adds X^T W (X B) of a part of a slot's points, with X relative to the shift. */
export function accumulateGram(slot: usize, part: usize): void {
  const to = grams + slot * gramBytes;
  const first = slot * gramRows + part * gramPart;
  const last = min(rows, min((slot + 1) * gramRows, first + gramPart));
  for (let start = first; start < last; start += BLOCK_ROWS) {
    const count = min(BLOCK_ROWS, last - start);
    loadBlock(start, count);
    multiplyBlock(count, blockProducts);
    for (let i: usize = 0; i < count; i++) {
      const weight = f32x4.splat(weightOf(start + i));
      const product = blockProducts + i * WIDTH_BYTES;
      for (let at: usize = 0; at < WIDTH_BYTES; at += VECTOR) {
        v128.store(product + at, f32x4.mul(weight, v128.load(product + at)));
      }
    }
    for (let j: usize = 0; j < columns; j += 4) {
      for (let at: usize = 0; at < WIDTH_BYTES; at += 2 * VECTOR) addOuter(count, j, at, to);
    }
  }
}

/** Loads rows, and repeats the last one up to a multiple of four. */
function loadBlock(start: usize, count: usize): void {
  const bytes = paddedBytes();
  for (let i: usize = 0; i < ((count + 3) & ~3); i++) {
    loadRow(start + min(i, count - 1), blockPoints + i * bytes);
  }
}

/** Four rows by eight columns of the factor at a time, in registers. */
function multiplyBlock(count: usize, to: usize): void {
  const bytes = paddedBytes();
  for (let i: usize = 0; i < count; i += 4) {
    const x0 = blockPoints + i * bytes;
    const x1 = x0 + bytes;
    const x2 = x1 + bytes;
    const x3 = x2 + bytes;
    for (let at: usize = 0; at < WIDTH_BYTES; at += 2 * VECTOR) {
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let b0 = a0;
      let b1 = a0;
      let c0 = a0;
      let c1 = a0;
      let d0 = a0;
      let d1 = a0;
      let f = factor + at;
      for (let j: usize = 0; j < columns * F32; j += F32) {
        const f0 = v128.load(f);
        const f1 = v128.load(f, VECTOR);
        let x = v128.load32_splat(x0 + j);
        a0 = multiplyAdd(a0, x, f0);
        a1 = multiplyAdd(a1, x, f1);
        x = v128.load32_splat(x1 + j);
        b0 = multiplyAdd(b0, x, f0);
        b1 = multiplyAdd(b1, x, f1);
        x = v128.load32_splat(x2 + j);
        c0 = multiplyAdd(c0, x, f0);
        c1 = multiplyAdd(c1, x, f1);
        x = v128.load32_splat(x3 + j);
        d0 = multiplyAdd(d0, x, f0);
        d1 = multiplyAdd(d1, x, f1);
        f += WIDTH_BYTES;
      }
      storeTwo(to + i * WIDTH_BYTES + at, a0, a1);
      storeTwo(to + (i + 1) * WIDTH_BYTES + at, b0, b1);
      storeTwo(to + (i + 2) * WIDTH_BYTES + at, c0, c1);
      storeTwo(to + (i + 3) * WIDTH_BYTES + at, d0, d1);
    }
  }
}

// @ts-ignore: decorator
@inline
function storeTwo(to: usize, a: v128, b: v128): void {
  v128.store(to, a);
  v128.store(to, b, VECTOR);
}

/** Adds four columns of the block's points times eight of its products, summed over the block in floats. */
function addOuter(count: usize, j: usize, at: usize, to: usize): void {
  const bytes = paddedBytes();
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  let point = blockPoints + j * F32;
  let product = blockProducts + at;
  for (const end = product + count * WIDTH_BYTES; product < end; product += WIDTH_BYTES) {
    const p0 = v128.load(product);
    const p1 = v128.load(product, VECTOR);
    let x = v128.load32_splat(point);
    a0 = multiplyAdd(a0, x, p0);
    a1 = multiplyAdd(a1, x, p1);
    x = v128.load32_splat(point, F32);
    b0 = multiplyAdd(b0, x, p0);
    b1 = multiplyAdd(b1, x, p1);
    x = v128.load32_splat(point, 2 * F32);
    c0 = multiplyAdd(c0, x, p0);
    c1 = multiplyAdd(c1, x, p1);
    x = v128.load32_splat(point, 3 * F32);
    d0 = multiplyAdd(d0, x, p0);
    d1 = multiplyAdd(d1, x, p1);
    point += bytes;
  }
  const row = to + (j * WIDTH + at / F32) * F64;
  addTwo(row, a0, a1);
  addTwo(row + WIDTH * F64, b0, b1);
  addTwo(row + 2 * WIDTH * F64, c0, c1);
  addTwo(row + 3 * WIDTH * F64, d0, d1);
}

// @ts-ignore: decorator
@inline
function addTwo(to: usize, a: v128, b: v128): void {
  addToDoubles(to, a);
  addToDoubles(to + 4 * F64, b);
}
