import { F32, F64, VECTOR, addToDoubles, sumLanes } from './simd';
import { TILE_ROWS, stride } from './points';

// A tile here is transposed: one line of 64 floats per column, so that SIMD lanes are points.
const LINE: usize = TILE_ROWS * F32;

/**
 * |F d|^2 for each point of a tile, F lower triangular.
 *
 * F comes in panels of four rows, and a panel column by column up to its diagonal, so that it is read
 * straight through: panel a holds (F[4a][b], ..., F[4a + 3][b]) for b = 0 to 4a + 3, zeros above the diagonal.
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
        y00 = f32x4.add(y00, f32x4.mul(f, d0));
        y01 = f32x4.add(y01, f32x4.mul(f, d1));
        f = v128.load32_splat(panel, F32);
        y10 = f32x4.add(y10, f32x4.mul(f, d0));
        y11 = f32x4.add(y11, f32x4.mul(f, d1));
        f = v128.load32_splat(panel, 2 * F32);
        y20 = f32x4.add(y20, f32x4.mul(f, d0));
        y21 = f32x4.add(y21, f32x4.mul(f, d1));
        f = v128.load32_splat(panel, 3 * F32);
        y30 = f32x4.add(y30, f32x4.mul(f, d0));
        y31 = f32x4.add(y31, f32x4.mul(f, d1));
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
  const ab = f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b));
  return f32x4.add(ab, f32x4.add(f32x4.mul(c, c), f32x4.mul(d, d)));
}

/**
 * |F d|^2 for each point of a tile, F diagonal.
 *
 * @param d stride x 64 floats
 * @param diagonal stride floats
 * @param out 64 floats
 */
export function squaredFormDiagonal(d: usize, diagonal: usize, out: usize): void {
  memory.fill(out, 0, LINE);
  for (let j: usize = 0; j < stride; j++) {
    const factor = v128.load32_splat(diagonal + j * F32);
    const line = d + j * LINE;
    for (let at: usize = 0; at < LINE; at += VECTOR) {
      const y = f32x4.mul(factor, v128.load(line + at));
      v128.store(out + at, f32x4.add(v128.load(out + at), f32x4.mul(y, y)));
    }
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
        const y = v128.load(s0 + LINE + at);
        let z = v128.load(d0 + at);
        sum00 = f32x4.add(sum00, f32x4.mul(x, z));
        sum10 = f32x4.add(sum10, f32x4.mul(y, z));
        z = v128.load(d0 + LINE + at);
        sum01 = f32x4.add(sum01, f32x4.mul(x, z));
        sum11 = f32x4.add(sum11, f32x4.mul(y, z));
        z = v128.load(d0 + 2 * LINE + at);
        sum02 = f32x4.add(sum02, f32x4.mul(x, z));
        sum12 = f32x4.add(sum12, f32x4.mul(y, z));
        z = v128.load(d0 + 3 * LINE + at);
        sum03 = f32x4.add(sum03, f32x4.mul(x, z));
        sum13 = f32x4.add(sum13, f32x4.mul(y, z));
      }
      const row = to + (a * stride + b) * F64;
      addToDoubles(row, sumLanes(sum00, sum01, sum02, sum03));
      addToDoubles(row + stride * F64, sumLanes(sum10, sum11, sum12, sum13));
    }
  }
}

/**
 * Adds the diagonal of s d^T, summed over a tile's points.
 *
 * @param s responsibility-weighted differences, stride x 64 floats
 * @param d differences, stride x 64 floats
 * @param to stride doubles
 */
export function scatterDiagonal(s: usize, d: usize, to: usize): void {
  for (let j: usize = 0; j < stride; j += 4) {
    const line = j * LINE;
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (let at = line; at < line + LINE; at += VECTOR) {
      sum0 = f32x4.add(sum0, f32x4.mul(v128.load(s + at), v128.load(d + at)));
      sum1 = f32x4.add(sum1, f32x4.mul(v128.load(s + at, LINE), v128.load(d + at, LINE)));
      sum2 = f32x4.add(sum2, f32x4.mul(v128.load(s + at, 2 * LINE), v128.load(d + at, 2 * LINE)));
      sum3 = f32x4.add(sum3, f32x4.mul(v128.load(s + at, 3 * LINE), v128.load(d + at, 3 * LINE)));
    }
    addToDoubles(to + j * F64, sumLanes(sum0, sum1, sum2, sum3));
  }
}
