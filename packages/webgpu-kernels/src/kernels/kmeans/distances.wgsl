// Euclidean distances of a chunk's points to every centroid, row-major: output[(row - skip) * clusters + k].
// Needs the modules points-* and tile-distances.
//
// One workgroup per 64 points, one thread per point; centroids are processed in tiles. The first `skip` rows of the chunk,
// and those from `rows` on, are not wanted.

struct Params {
  // First row of the chunk that is wanted.
  skip: u32,
  // One past the last row of the chunk that is wanted.
  rows: u32,
  columns: u32,
  clusters: u32,
}

@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(TILE_POINTS)
fn distances(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let first_row = params.skip + (group.x + group.y * groups.x) * TILE_POINTS;
  if (first_row >= params.rows) {
    return;
  }
  let row = first_row + lane;
  for (var first = 0u; first < params.clusters; first += 4u * tile_groups) {
    let tile = Tile(first_row, params.rows, params.columns, first, params.clusters);
    var found = tile_distances(tile, lane);
    if (row < params.rows) {
      let end = min(params.clusters - first, 4u * tile_groups);
      for (var k = 0u; k < end; k++) {
        output[(row - params.skip) * params.clusters + first + k] = sqrt(found[k / 4u][k % 4u]);
      }
    }
  }
}
