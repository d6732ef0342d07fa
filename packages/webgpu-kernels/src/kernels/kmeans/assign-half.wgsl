// Labels points as `assign-tiled` does, with tiles of half floats: half the traffic of workgroup memory, with products of
// half precision, which are added up in float32. Needs shader-f16 and the modules points-*, tile, state, candidates,
// candidate-labels, halves-*, halves and tiled-candidates.
//
// One workgroup of 256 threads per 128 points. Workgroup memory: 6.25 KiB of tiles, 6 KiB of slots and half a KiB.
//
// The bound is that of the module halves: points that are floats and centroids are rounded to 11 bits each, and D
// products are added up with a rounding of float32 each, D u X C.

alias Quad = vec4<f16>;

// A little above 2^-11 per rounded vector, which covers the product of both errors and the roundings of X and C.
const QUANTUM = select(9.9e-4, 4.95e-4, POINTS_ARE_HALVES);
const ADDITIONS = 0.25;

var<workgroup> row_slots: array<vec4f, TILE_ROWS>;
var<workgroup> lane_slots: array<vec4f, LANES>;

fn point_quad(row: u32, column: u32, tile: Tile) -> Quad {
  return Quad(leading_bits(stored_quad(row, column, tile)));
}

fn target_quad(values: vec4f) -> Quad {
  return Quad(leading_bits(values * targets_power));
}

fn row_slot(i: u32) -> vec4f {
  return row_slots[i];
}

fn set_row_slot(i: u32, value: vec4f) {
  row_slots[i] = value;
}

fn lane_slot(i: u32) -> vec4f {
  return lane_slots[i];
}

fn set_lane_slot(i: u32, value: vec4f) {
  lane_slots[i] = value;
}

@compute @workgroup_size(LANES)
fn assign_half(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tile = group.x + group.y * groups.x;
  if (state.halted != 0u || tile * TILE_ROWS >= chunk.rows) {
    return;
  }
  prepare_halves();
  find_candidates(tile * TILE_ROWS, lane);
  label_points(tile * TILE_ROWS, lane);
}
