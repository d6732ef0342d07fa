// Updates each point's squared distance to the nearest seed, and the index of that seed, with further seeds from `targets`.
// Needs the modules points-* and tile-distances.
//
// One workgroup per 64 points, one thread per point; seeds are processed in tiles with a running minimum. The comparison is
// strict: ties go to the seed added first.

struct Params {
  // Row of the chunk's first point in seed_distances and nearest_seeds.
  first_row: u32,
  // Points in the chunk.
  rows: u32,
  columns: u32,
  // First new seed in targets.
  first: u32,
  // One past the last.
  end: u32,
  // Number of seeds before the first of targets; if not 0, the stored distances count.
  before: u32,
}

@group(0) @binding(2) var<storage, read_write> seed_distances: array<f32>;
@group(0) @binding(3) var<storage, read_write> nearest_seeds: array<u32>;
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(TILE_POINTS)
fn add_seeds(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let first_row = (group.x + group.y * groups.x) * TILE_POINTS;
  if (first_row >= params.rows) {
    return;
  }
  let row = first_row + lane;
  let at = params.first_row + row;
  // Infinite distances are all equal: a point with only these keeps the first seed.
  var nearest = 3.4028234e38;
  var label = 0u;
  if (row < params.rows && params.before + params.first > 0u) {
    nearest = seed_distances[at];
    label = nearest_seeds[at];
  }
  for (var first = params.first; first < params.end; first += 4u * tile_groups) {
    var found = tile_distances(Tile(first_row, params.rows, params.columns, first, params.end), lane);
    let count = min(params.end - first, 4u * tile_groups);
    for (var s = 0u; s < count; s++) {
      let distance = found[s / 4u][s % 4u];
      if (distance < nearest) {
        nearest = distance;
        label = params.before + first + s;
      }
    }
  }
  if (row < params.rows) {
    seed_distances[at] = nearest;
    nearest_seeds[at] = label;
  }
}
