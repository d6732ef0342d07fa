// Labels points as `assign` does, by products, which take one operation per value instead of two. Digits of products cancel,
// so they only find candidates. Needs the modules points-*, tile, state, candidates, candidate-labels and tiled-candidates.
//
// One workgroup of 256 threads per 128 points. Workgroup memory: 12.5 KiB of tiles, which are later used as the slots, and
// half a KiB.
//
// Why the labels are right: with u = 2^-24, X = |x| and C = the largest |c|, a score's error is at most u ((D + 1) X C + (D
// / 32 + 12) C^2 / 2), and the error of half a distance of `assign` is at most u (D / 16 + 18) (X + C)^2 / 2. Twice both,
// for two scores, is below 2 u (D + 34) (X + C)^2. Candidates whose scores differ by more are in the same order for
// `assign`.

alias Quad = vec4f;

fn point_quad(row: u32, column: u32, tile: Tile) -> Quad {
  return vec4f(
    tile_point(row, column, tile),
    tile_point(row + 1u, column, tile),
    tile_point(row + 2u, column, tile),
    tile_point(row + 3u, column, tile),
  );
}

fn target_quad(values: vec4f) -> Quad {
  return values;
}

fn score(half_norm: f32, product: f32) -> f32 {
  return half_norm - product;
}

fn score_bound(x: f32, c: f32) -> f32 {
  return 2.0 * UNIT_ROUNDOFF * f32(chunk.columns + 34u) * (x + c) * (x + c);
}

fn row_slot(i: u32) -> vec4f {
  return points_tile[i];
}

fn set_row_slot(i: u32, value: vec4f) {
  points_tile[i] = value;
}

fn lane_slot(i: u32) -> vec4f {
  return targets_tile[i];
}

fn set_lane_slot(i: u32, value: vec4f) {
  targets_tile[i] = value;
}

@compute @workgroup_size(LANES)
fn assign_tiled(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tile = group.x + group.y * groups.x;
  if (state.halted != 0u || tile * TILE_ROWS >= chunk.rows) {
    return;
  }
  find_candidates(tile * TILE_ROWS, lane);
  label_points(tile * TILE_ROWS, lane);
}
