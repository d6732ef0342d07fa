// Products of a tile of 128 points with a tile of 64 targets (centroids), and the points' squared lengths.
// Put between the modules points-* and tile and a kernel whose workgroups are LANES x 1 x 1.
//
// Thread `lane` keeps the products of points 8 (lane / 16) ... + 7 with targets 4 (lane % 16) ... + 3 in registers: 32
// operations for every three vectors read. Both tiles pass through workgroup memory DEPTH columns at a time, four
// points or targets to a vector, each column's run padded by a vector so that neighbouring columns, which neighbouring
// threads write, lie in different banks: 8.25 KiB and 4.25 KiB. Kernels use that memory for other things afterwards.
//
// A product is summed column by column: its error is at most columns * 2^-24 of the sum of magnitudes.

const LANES = 256u;
const TILE_ROWS = 128u;
const TILE_TARGETS = 64u;
const TARGET_LANES = 16u;
const DEPTH = 16u;
const POINTS_STRIDE = TILE_ROWS / 4u + 1u;
const TARGETS_STRIDE = TILE_TARGETS / 4u + 1u;

var<workgroup> points_tile: array<vec4f, DEPTH * POINTS_STRIDE>;
var<workgroup> targets_tile: array<vec4f, DEPTH * TARGETS_STRIDE>;

// This thread's products after `tile_products`: one vector of targets per point.
var<private> products: array<vec4f, 8>;
// Squares of the values this thread has loaded, of 4 points each.
var<private> squares: array<vec4f, 2>;

fn load_tiles(tile: Tile, start: u32, lane: u32) {
  let d = lane % DEPTH;
  let column = start + d;
  let quad = lane / DEPTH;
  for (var half = 0u; half < 2u; half++) {
    let at = quad + half * 16u;
    let row = tile.row + 4u * at;
    let values = vec4f(
      tile_point(row, column, tile),
      tile_point(row + 1u, column, tile),
      tile_point(row + 2u, column, tile),
      tile_point(row + 3u, column, tile),
    );
    points_tile[d * POINTS_STRIDE + at] = values;
    if (tile.first == 0u) {
      squares[half] = fma(values, values, squares[half]);
    }
  }
  let target_index = tile.first + 4u * quad;
  targets_tile[d * TARGETS_STRIDE + quad] = vec4f(
    tile_target(target_index, column, tile),
    tile_target(target_index + 1u, column, tile),
    tile_target(target_index + 2u, column, tile),
    tile_target(target_index + 3u, column, tile),
  );
}

// Fills `products`. Every lane of the workgroup must call this together; targets in ascending order, from 0.
fn tile_products(tile: Tile, lane: u32) {
  for (var i = 0u; i < 8u; i++) {
    products[i] = vec4f();
  }
  if (tile.first == 0u) {
    squares[0] = vec4f();
    squares[1] = vec4f();
  }
  let points_at = 2u * (lane / TARGET_LANES);
  let targets_at = lane % TARGET_LANES;
  for (var start = 0u; start < tile.columns; start += DEPTH) {
    load_tiles(tile, start, lane);
    workgroupBarrier();
    for (var d = 0u; d < DEPTH; d++) {
      let x = points_tile[d * POINTS_STRIDE + points_at];
      let y = points_tile[d * POINTS_STRIDE + points_at + 1u];
      let t = targets_tile[d * TARGETS_STRIDE + targets_at];
      products[0] = fma(vec4f(x.x), t, products[0]);
      products[1] = fma(vec4f(x.y), t, products[1]);
      products[2] = fma(vec4f(x.z), t, products[2]);
      products[3] = fma(vec4f(x.w), t, products[3]);
      products[4] = fma(vec4f(y.x), t, products[4]);
      products[5] = fma(vec4f(y.y), t, products[5]);
      products[6] = fma(vec4f(y.z), t, products[6]);
      products[7] = fma(vec4f(y.w), t, products[7]);
    }
    workgroupBarrier();
  }
}

// After all tiles: the squared length of point `lane` of the tile, for lanes below TILE_ROWS. All lanes together.
fn tile_squares(lane: u32) -> f32 {
  for (var half = 0u; half < 2u; half++) {
    targets_tile[lane] = squares[half];
    workgroupBarrier();
    for (var width = DEPTH / 2u; width > 0u; width /= 2u) {
      if (lane % DEPTH < width) {
        targets_tile[lane] += targets_tile[lane + width];
      }
      workgroupBarrier();
    }
    if (lane % DEPTH == 0u) {
      points_tile[lane / DEPTH + half * 16u] = targets_tile[lane];
    }
    workgroupBarrier();
  }
  return points_tile[lane / 4u][lane % 4u];
}
