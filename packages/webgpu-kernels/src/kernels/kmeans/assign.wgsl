// Gives every point the label of its nearest centroid, keeps its squared distance, and sums inertia and
// changed labels per workgroup. Needs the modules points-*, tile-distances, state and assign-tile.
//
// One workgroup per 64 points.

@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> state: State;
@group(0) @binding(4) var<storage, read_write> labels: array<u32>;
@group(0) @binding(5) var<storage, read_write> distances: array<f32>;
@group(0) @binding(6) var<storage, read_write> partials: array<AssignPartial>;
@group(0) @binding(7) var<uniform> chunk: Chunk;

@compute @workgroup_size(TILE_POINTS)
fn assign(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tile = group.x + group.y * groups.x;
  if (state.halted != 0u || tile * TILE_POINTS >= chunk.rows) {
    return;
  }
  assign_tile(tile, chunk, lane);
}
