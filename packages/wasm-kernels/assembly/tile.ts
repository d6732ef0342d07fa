import { columns, loadRow } from './points';
import { F32, VECTOR } from './simd';

/** Points of a mixture that are handled together: few enough that a tile of wide rows stays in the cache. */
export const TILE_ROWS: usize = 64;

/** The number of columns rounded up to whole vectors; the values beyond the columns are 0. */
export let stride: usize = 0;
/** Stride x 64 floats: points, transposed so that SIMD lanes are points. */
export let tile: usize = 0;
/** 4 x stride floats, zero at first: rows before they are transposed into the tile. */
export let tileRows: usize = 0;

/** Loads a tile of rows, relative to the shift. Places past the last row get copies of that row. */
export function loadTile(start: usize, count: usize): void {
  const line = TILE_ROWS * F32;
  const rowBytes = stride * F32;
  for (let row: usize = 0; row < TILE_ROWS; row += 4) {
    for (let i: usize = 0; i < 4; i++) loadRow(start + min(row + i, count - 1), tileRows + i * rowBytes);
    let to = tile + row * F32;
    for (let from = tileRows; from < tileRows + rowBytes; from += VECTOR) {
      transposeFour(from, rowBytes, to, line);
      to += 4 * line;
    }
  }
}

// @ts-ignore: decorator
@inline
function transposeFour(from: usize, rowBytes: usize, to: usize, line: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + rowBytes);
  const c = v128.load(from + 2 * rowBytes);
  const d = v128.load(from + 3 * rowBytes);
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(to + line, v128.shuffle<i64>(ab, cd, 1, 3));
  const ab2 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cd2 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(to + 2 * line, v128.shuffle<i64>(ab2, cd2, 0, 2));
  v128.store(to + 3 * line, v128.shuffle<i64>(ab2, cd2, 1, 3));
}

/** Subtracts a row (stride floats) from every point of the tile. */
export function subtractFromTile(row: usize, to: usize): void {
  const line = TILE_ROWS * F32;
  for (let at: usize = 0; at < stride * line; at += line) {
    const value = v128.load32_splat(row);
    for (let i = at; i < at + line; i += VECTOR) {
      v128.store(to + i, f32x4.sub(v128.load(tile + i), value));
    }
    row += F32;
  }
}
