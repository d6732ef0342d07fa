import { F32, F64, VECTOR, addToDoubles, multiplyAdd, sumLanes } from './simd';
import { TILE_ROWS, stride } from './tile';

// A tile here is transposed: one line of 64 floats per column, so that SIMD lanes are points.
const LINE: usize = TILE_ROWS * F32;

/**
 * |F d|^2 for each point of a tile, F lower triangular.
 *
 * F is stored in panels of four rows, and a panel column by column up to its diagonal, so that reads are sequential: panel a
 * holds (F[4a][b], ..., F[4a + 3][b]) for b = 0 to 4a + 3, zeros above the diagonal.
 *
 * @param d stride x 64 floats
 * @param panels stride (stride + 4) / 2 floats
 * @param out 64 floats
 */
export function squaredFormTriangle(d: usize, panels: usize, out: usize): void {
  for (let at: usize = 0; at < LINE; at += 2 * VECTOR) {
    let panel = panels;
    let form0 = f32x4.splat(0);
    let form1 = form0;
    for (let a: usize = 0; a < stride; a += 4) {
      let y00 = f32x4.splat(0);
      let y01 = y00;
      let y10 = y00;
      let y11 = y00;
      let y20 = y00;
      let y21 = y00;
      let y30 = y00;
      let y31 = y00;
      const end = d + (a + 4) * LINE + at;
      for (let column = d + at; column < end; column += LINE) {
        const d0 = v128.load(column);
        const d1 = v128.load(column, VECTOR);
        let f = v128.load32_splat(panel);
        y00 = multiplyAdd(y00, f, d0);
        y01 = multiplyAdd(y01, f, d1);
        f = v128.load32_splat(panel, F32);
        y10 = multiplyAdd(y10, f, d0);
        y11 = multiplyAdd(y11, f, d1);
        f = v128.load32_splat(panel, 2 * F32);
        y20 = multiplyAdd(y20, f, d0);
        y21 = multiplyAdd(y21, f, d1);
        f = v128.load32_splat(panel, 3 * F32);
        y30 = multiplyAdd(y30, f, d0);
        y31 = multiplyAdd(y31, f, d1);
        panel += VECTOR;
      }
      form0 = f32x4.add(form0, sumOfSquares(y00, y10, y20, y30));
      form1 = f32x4.add(form1, sumOfSquares(y01, y11, y21, y31));
    }
    v128.store(out + at, form0);
    v128.store(out + at, form1, VECTOR);
  }
}

// @ts-ignore: decorator
@inline
function sumOfSquares(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = multiplyAdd(f32x4.mul(a, a), b, b);
  return f32x4.add(ab, multiplyAdd(f32x4.mul(c, c), d, d));
}

/**
 * |F (x - mean)|^2 for each point x of a tile, F diagonal. The mean is subtracted first: the difference of near values is
 * exact, but a fused F x - F mean keeps the rounding error of F mean, also where x equals the mean.
 *
 * @param x stride x 64 floats
 * @param mean stride floats
 * @param diagonal stride floats
 * @param out 64 floats
 */
export function squaredFormDiagonal(x: usize, mean: usize, diagonal: usize, out: usize): void {
  for (let at: usize = 0; at < LINE; at += 4 * VECTOR) {
    let form0 = f32x4.splat(0);
    let form1 = form0;
    let form2 = form0;
    let form3 = form0;
    let line = x + at;
    for (let j: usize = 0; j < stride * F32; j += F32) {
      const f = v128.load32_splat(diagonal + j);
      const m = v128.load32_splat(mean + j);
      const y0 = f32x4.mul(f, f32x4.sub(v128.load(line), m));
      form0 = multiplyAdd(form0, y0, y0);
      const y1 = f32x4.mul(f, f32x4.sub(v128.load(line, VECTOR), m));
      form1 = multiplyAdd(form1, y1, y1);
      const y2 = f32x4.mul(f, f32x4.sub(v128.load(line, 2 * VECTOR), m));
      form2 = multiplyAdd(form2, y2, y2);
      const y3 = f32x4.mul(f, f32x4.sub(v128.load(line, 3 * VECTOR), m));
      form3 = multiplyAdd(form3, y3, y3);
      line += LINE;
    }
    v128.store(out + at, form0);
    v128.store(out + at, form1, VECTOR);
    v128.store(out + at, form2, 2 * VECTOR);
    v128.store(out + at, form3, 3 * VECTOR);
  }
}

/**
 * Adds s d^T, summed over a tile's points, to the lower triangle of a matrix (and some of the upper).
 *
 * @param s responsibility-weighted differences, stride x 64 floats
 * @param d differences, stride x 64 floats
 * @param to stride x stride doubles
 */
export function scatterTriangle(s: usize, d: usize, to: usize): void {
  for (let a: usize = 0; a < stride; a += 2) {
    const s0 = s + a * LINE;
    for (let b: usize = 0; b <= a; b += 4) {
      const d0 = d + b * LINE;
      let sum00 = f32x4.splat(0);
      let sum01 = sum00;
      let sum02 = sum00;
      let sum03 = sum00;
      let sum10 = sum00;
      let sum11 = sum00;
      let sum12 = sum00;
      let sum13 = sum00;
      for (let at: usize = 0; at < LINE; at += VECTOR) {
        const x = v128.load(s0 + at);
        const y = v128.load(s0 + at, LINE);
        let z = v128.load(d0 + at);
        sum00 = multiplyAdd(sum00, x, z);
        sum10 = multiplyAdd(sum10, y, z);
        z = v128.load(d0 + at, LINE);
        sum01 = multiplyAdd(sum01, x, z);
        sum11 = multiplyAdd(sum11, y, z);
        z = v128.load(d0 + at, 2 * LINE);
        sum02 = multiplyAdd(sum02, x, z);
        sum12 = multiplyAdd(sum12, y, z);
        z = v128.load(d0 + at, 3 * LINE);
        sum03 = multiplyAdd(sum03, x, z);
        sum13 = multiplyAdd(sum13, y, z);
      }
      const row = to + (a * stride + b) * F64;
      addToDoubles(row, sumLanes(sum00, sum01, sum02, sum03));
      addToDoubles(row + stride * F64, sumLanes(sum10, sum11, sum12, sum13));
    }
  }
}

/**
 * Adds r (x - mean) and r (x - mean)^2, column by column and summed over a tile's points.
 *
 * @param x stride x 64 floats
 * @param mean stride floats
 * @param r 64 floats
 * @param first stride doubles
 * @param second stride doubles
 */
export function scatterDiagonal(x: usize, mean: usize, r: usize, first: usize, second: usize): void {
  for (let j: usize = 0; j < stride; j += 4) {
    let sums = f32x4.splat(0);
    let squares = sums;
    for (let lane: usize = 0; lane < 4; lane++) {
      const line = x + (j + lane) * LINE;
      const m = v128.load32_splat(mean + (j + lane) * F32);
      let sum0 = f32x4.splat(0);
      let sum1 = sum0;
      let square0 = sum0;
      let square1 = sum0;
      for (let at: usize = 0; at < LINE; at += 2 * VECTOR) {
        const d0 = f32x4.sub(v128.load(line + at), m);
        const d1 = f32x4.sub(v128.load(line + at, VECTOR), m);
        const s0 = f32x4.mul(v128.load(r + at), d0);
        const s1 = f32x4.mul(v128.load(r + at, VECTOR), d1);
        sum0 = f32x4.add(sum0, s0);
        sum1 = f32x4.add(sum1, s1);
        square0 = multiplyAdd(square0, s0, d0);
        square1 = multiplyAdd(square1, s1, d1);
      }
      // Two sums and two squares at once; each result is shifted into its lane from the end.
      const both = sumLanes(sum0, sum1, square0, square1);
      const pairs = f32x4.add(both, v128.shuffle<i32>(both, both, 1, 0, 3, 2));
      sums = v128.shuffle<i32>(sums, pairs, 1, 2, 3, 4);
      squares = v128.shuffle<i32>(squares, pairs, 1, 2, 3, 6);
    }
    addToDoubles(first + j * F64, sums);
    addToDoubles(second + j * F64, squares);
  }
}
