// Lowers each point's squared distance to the nearest seed by a new seed, the only one of `targets`.
// Needs the modules points-* and tile-distances. One workgroup per 64 points, one thread per point.

struct Params {
  // Row of the chunk's first point in seed_distances.
  first_row: u32,
  // Points in the chunk.
  rows: u32,
  columns: u32,
  // Not 0 when there are seeds already, so that seed_distances count.
  seeded: u32,
}

@group(0) @binding(2) var<storage, read_write> seed_distances: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(TILE_POINTS)
fn add_seed(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let first_row = (group.x + group.y * groups.x) * TILE_POINTS;
  if (first_row >= params.rows) {
    return;
  }
  let found = tile_distances(Tile(first_row, params.rows, params.columns, 0u, 1u), lane);
  let row = first_row + lane;
  if (row < params.rows) {
    let at = params.first_row + row;
    var nearest = found[0].x;
    if (params.seeded != 0u) {
      nearest = min(nearest, seed_distances[at]);
    }
    seed_distances[at] = nearest;
  }
}
