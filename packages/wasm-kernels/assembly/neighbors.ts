import { chunkRows, loadRow, paddedBytes, rows } from './points';
import { F32, VECTOR, multiplyAdd, sumLanes } from './simd';

// Nearest neighbors, by differences: products of rows would take half the work, but lose the digits of small distances.

/** Points that queries are compared with at a time. */
const TILE_CANDIDATES: usize = 32;

/** Neighbors of each query, k. */
export let neighborCount: usize = 0;
/** Rows of floats, padded with zeros to whole vectors: queries that are not among the points. */
export let queryTable: usize = 0;
/** Rows of k u32 and of k floats, one for each query of a table: points, and squared distances, which ascend. */
export let foundRows: usize = 0;
export let foundSquares: usize = 0;
/** A chunk of queries, padded to a multiple of four, and 32 points: rows of floats, padded with zeros to whole vectors. */
export let queryBlock: usize = 0;
export let candidateTile: usize = 0;
/** One float per query of the block: the square below which a point is nearer than the last of its neighbors. */
export let queryLimits: usize = 0;

/** Finds the nearest other points of one chunk out of the points `first <= i < end`. */
export function searchRows(chunk: usize, first: usize, end: usize): void {
  const start = first + chunk * chunkRows;
  const count = min(chunkRows, end - start);
  const bytes = paddedBytes();
  for (let i: usize = 0; i < count; i++) loadRow(start + i, queryBlock + i * bytes);
  search(count, start - first, start);
}

/** Finds the nearest points of one chunk of the `count` queries of the table. */
export function searchQueries(chunk: usize, count: usize): void {
  const start = chunk * chunkRows;
  const bytes = paddedBytes();
  const ofChunk = min(chunkRows, count - start);
  memory.copy(queryBlock, queryTable + start * bytes, ofChunk * bytes);
  // The number `rows` is beyond all points: no point is left out as the query itself.
  search(ofChunk, start, rows);
}

/**
 * @param at row of the first query in the tables of results
 * @param itself the number of the point that is the first query; the other queries are the points after it
 */
function search(count: usize, at: usize, itself: usize): void {
  const bytes = paddedBytes();
  const quads = (count + 3) & ~3;
  // The padding queries of the last four find nothing.
  for (let i: usize = 0; i < quads; i++) store<f32>(queryLimits + i * F32, i < count ? Infinity : -1);
  const squares = foundSquares + at * neighborCount * F32;
  for (let i: usize = 0; i < count * neighborCount; i++) store<f32>(squares + i * F32, Infinity);
  for (let start: usize = 0; start < rows; start += TILE_CANDIDATES) {
    const candidates = min(TILE_CANDIDATES, rows - start);
    for (let c: usize = 0; c < candidates; c++) loadRow(start + c, candidateTile + c * bytes);
    for (let query: usize = 0; query < quads; query += 4) {
      for (let c: usize = 0; c < candidates; c += 2) comparePair(query, start + c, c, candidates, at, itself);
    }
  }
}

/** Compares four queries with two points, `c` and `c + 1` of the tile, in registers. */
function comparePair(query: usize, row: usize, c: usize, candidates: usize, at: usize, itself: usize): void {
  const bytes = paddedBytes();
  const q0 = queryBlock + query * bytes;
  const q1 = q0 + bytes;
  const q2 = q1 + bytes;
  const q3 = q2 + bytes;
  const from = candidateTile + c * bytes;
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  for (let j: usize = 0; j < bytes; j += VECTOR) {
    const a = v128.load(from + j);
    const b = v128.load(from + bytes + j);
    let x = v128.load(q0 + j);
    a0 = addSquare(a0, x, a);
    b0 = addSquare(b0, x, b);
    x = v128.load(q1 + j);
    a1 = addSquare(a1, x, a);
    b1 = addSquare(b1, x, b);
    x = v128.load(q2 + j);
    a2 = addSquare(a2, x, a);
    b2 = addSquare(b2, x, b);
    x = v128.load(q3 + j);
    a3 = addSquare(a3, x, a);
    b3 = addSquare(b3, x, b);
  }
  const limits = queryLimits + query * F32;
  const ofFirst = sumLanes(a0, a1, a2, a3);
  if (v128.any_true(f32x4.lt(ofFirst, v128.load(limits)))) offerFour(ofFirst, query, row, at, itself);
  // With an odd number of points the last one has no partner.
  if (c + 1 === candidates) return;
  const ofSecond = sumLanes(b0, b1, b2, b3);
  if (v128.any_true(f32x4.lt(ofSecond, v128.load(limits)))) offerFour(ofSecond, query, row + 1, at, itself);
}

// @ts-ignore: decorator
@inline
function addSquare(sum: v128, a: v128, b: v128): v128 {
  const difference = f32x4.sub(a, b);
  return multiplyAdd(sum, difference, difference);
}

function offerFour(squares: v128, query: usize, row: usize, at: usize, itself: usize): void {
  offer(f32x4.extract_lane(squares, 0), query, row, at, itself);
  offer(f32x4.extract_lane(squares, 1), query + 1, row, at, itself);
  offer(f32x4.extract_lane(squares, 2), query + 2, row, at, itself);
  offer(f32x4.extract_lane(squares, 3), query + 3, row, at, itself);
}

/** Inserts a point among a query's neighbors by distance: behind equally near ones, which have lower row numbers. */
function offer(square: f32, query: usize, row: usize, at: usize, itself: usize): void {
  if (!(square < load<f32>(queryLimits + query * F32)) || row === itself + query) return;
  const first = (at + query) * neighborCount * F32;
  const squares = foundSquares + first;
  const found = foundRows + first;
  let place = (neighborCount - 1) * F32;
  for (; place > 0 && square < load<f32>(squares + place - F32); place -= F32) {
    store<f32>(squares + place, load<f32>(squares + place - F32));
    store<u32>(found + place, load<u32>(found + place - F32));
  }
  store<f32>(squares + place, square);
  store<u32>(found + place, <u32>row);
  store<f32>(queryLimits + query * F32, load<f32>(squares + (neighborCount - 1) * F32));
}
