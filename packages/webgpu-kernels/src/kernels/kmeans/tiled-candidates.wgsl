// Scores of a tile of 128 points with all centroids, 64 at a time, by products of tiles in registers. Put before the module
// candidates and a kernel that defines the contents of tiles: a Quad (four values), `point_quad`, `target_quad` and `score`.
//
// Thread `lane` keeps the products of points 8 (lane / 16) ... + 7 with targets 4 (lane % 16) ... + 3 in registers: 32
// operations for every three vectors read. Both tiles pass through workgroup memory DEPTH columns at a time, four
// points or targets to a vector, each column's run padded by a vector so that neighboring columns, which neighboring
// threads write, lie in different banks: 528 and 272 quads.
//
// A product is summed column by column: its error is at most columns * 2^-24 of the sum of magnitudes.

const TARGET_LANES = 16u;
const DEPTH = 16u;
const POINTS_STRIDE = TILE_ROWS / 4u + 1u;
const TARGETS_STRIDE = TILE_TARGETS / 4u + 1u;

var<workgroup> points_tile: array<Quad, DEPTH * POINTS_STRIDE>;
var<workgroup> targets_tile: array<Quad, DEPTH * TARGETS_STRIDE>;

// This thread's products after `tile_products`: one vector of targets per point.
var<private> products: array<vec4f, 8>;

fn load_tiles(tile: Tile, start: u32, lane: u32) {
  let d = lane % DEPTH;
  let column = start + d;
  let quad = lane / DEPTH;
  for (var half = 0u; half < 2u; half++) {
    let at = quad + half * 16u;
    points_tile[d * POINTS_STRIDE + at] = point_quad(tile.row + 4u * at, column, tile);
  }
  let target_index = tile.first + 4u * quad;
  targets_tile[d * TARGETS_STRIDE + quad] = target_quad(vec4f(
    tile_target(target_index, column, tile),
    tile_target(target_index + 1u, column, tile),
    tile_target(target_index + 2u, column, tile),
    tile_target(target_index + 3u, column, tile),
  ));
}

// Fills `products`. Every lane of the workgroup must call this together.
fn tile_products(tile: Tile, lane: u32) {
  for (var i = 0u; i < 8u; i++) {
    products[i] = vec4f();
  }
  let points_at = 2u * (lane / TARGET_LANES);
  let targets_at = lane % TARGET_LANES;
  for (var start = 0u; start < tile.columns; start += DEPTH) {
    load_tiles(tile, start, lane);
    workgroupBarrier();
    for (var d = 0u; d < DEPTH; d++) {
      let x = vec4f(points_tile[d * POINTS_STRIDE + points_at]);
      let y = vec4f(points_tile[d * POINTS_STRIDE + points_at + 1u]);
      let t = vec4f(targets_tile[d * TARGETS_STRIDE + targets_at]);
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

// Writes the candidates of the points from `first_row` on into the rows' slots. All lanes must call this together.
fn find_candidates(first_row: u32, lane: u32) {
  var found: array<vec4f, 8>;
  for (var i = 0u; i < 8u; i++) {
    found[i] = no_candidates();
  }
  for (var first = 0u; first < chunk.clusters; first += TILE_TARGETS) {
    tile_products(Tile(first_row, chunk.rows, chunk.columns, first, chunk.clusters), lane);
    for (var c = 0u; c < 4u; c++) {
      let k = first + (lane % TARGET_LANES) * 4u + c;
      if (k < chunk.clusters) {
        let half_norm = half_norms[k];
        for (var i = 0u; i < 8u; i++) {
          found[i] = insert(found[i], score(half_norm, products[i][c]), k);
        }
      }
    }
  }
  for (var i = 0u; i < 8u; i++) {
    set_lane_slot(lane, found[i]);
    merge_runs(TARGET_LANES, lane);
    if (lane % TARGET_LANES == 0u) {
      set_row_slot(lane / TARGET_LANES * 8u + i, lane_slot(lane));
    }
    workgroupBarrier();
  }
}
