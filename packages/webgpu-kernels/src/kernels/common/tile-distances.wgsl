// Squared distances from a tile of 64 points to a tile of up to 16 targets (centroids, seeds, candidates).
// Put between the modules points-* and tile and a kernel whose workgroups are TILE_POINTS x 1 x 1.
//
// Thread `lane` owns point `row + lane` and keeps its distances to 4 * tile_groups targets in registers.
// Both tiles pass through workgroup memory DEPTH columns at a time: 4.25 KiB and 1 KiB; the points' rows are
// padded by one word so that neighboring lanes hit different banks.
//
// Sums (x - t)^2 directly, so there is no cancellation. A run of DEPTH columns is summed before it is added to the total:
// the relative error is at most (DEPTH + columns / DEPTH + 2) * 2^-24.

const TILE_POINTS = 64u;
const DEPTH = 16u;
const PADDED_DEPTH = 17u;

// Targets are taken in groups of four; 1 to 4 groups make a tile.
override tile_groups: u32 = 4u;

var<workgroup> point_tile: array<f32, TILE_POINTS * PADDED_DEPTH>;
var<workgroup> target_tile: array<vec4f, DEPTH * 4u>;

fn load_tiles(tile: Tile, start: u32, lane: u32) {
  for (var i = lane; i < TILE_POINTS * DEPTH; i += TILE_POINTS) {
    let value = tile_point(tile.row + i / DEPTH, start + i % DEPTH, tile);
    point_tile[(i / DEPTH) * PADDED_DEPTH + i % DEPTH] = value;
  }
  let column = start + lane / 4u;
  let first = tile.first + (lane % 4u) * 4u;
  target_tile[lane] = vec4f(
    tile_target(first, column, tile),
    tile_target(first + 1u, column, tile),
    tile_target(first + 2u, column, tile),
    tile_target(first + 3u, column, tile),
  );
}

fn add_square(sum: vec4f, x: f32, t: vec4f) -> vec4f {
  let difference = vec4f(x) - t;
  return fma(difference, difference, sum);
}

// Distances of this lane's point to the tile's targets, four to a vector; those past the last target are undefined. Every
// lane of the workgroup must call this together.
fn tile_distances(tile: Tile, lane: u32) -> array<vec4f, 4> {
  // Initialized completely, because in loops some drivers do not reset a variable without an initial value.
  var totals = array<vec4f, 4>();
  for (var start = 0u; start < tile.columns; start += DEPTH) {
    load_tiles(tile, start, lane);
    workgroupBarrier();
    var run0 = vec4f();
    var run1 = vec4f();
    var run2 = vec4f();
    var run3 = vec4f();
    for (var d = 0u; d < DEPTH; d++) {
      let x = point_tile[lane * PADDED_DEPTH + d];
      run0 = add_square(run0, x, target_tile[4u * d]);
      if (tile_groups > 1u) {
        run1 = add_square(run1, x, target_tile[4u * d + 1u]);
      }
      if (tile_groups > 2u) {
        run2 = add_square(run2, x, target_tile[4u * d + 2u]);
      }
      if (tile_groups > 3u) {
        run3 = add_square(run3, x, target_tile[4u * d + 3u]);
      }
    }
    totals[0] += run0;
    totals[1] += run1;
    totals[2] += run2;
    totals[3] += run3;
    workgroupBarrier();
  }
  return totals;
}
