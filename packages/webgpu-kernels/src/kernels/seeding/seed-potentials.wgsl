// For each candidate seed: the weighted sum, over 64 points, of the squared distance to the nearest seed if the candidate is
// added. partials[candidate * groups + group]. Needs the modules points-* and tile-distances.
//
// One workgroup per 64 points, one thread per point; candidates (`targets`) are processed in tiles of up to 16, whose values
// are exchanged in workgroup memory (4.25 KiB besides the tiles' 5.25 KiB): nothing of size N x L is stored. Four lanes add
// up a candidate's 64 values, 16 each, in a fixed order: at most 18 roundings.

struct Params {
  // Row of the chunk's first point in seed_distances and weights.
  first_row: u32,
  // Points in the chunk.
  rows: u32,
  columns: u32,
  candidates: u32,
  // Groups of 64 points in all chunks.
  groups: u32,
  // Not 0 when there are seeds already, so that seed_distances are used.
  seeded: u32,
}

override weighted: bool = false;

@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> seed_distances: array<f32>;
@group(0) @binding(4) var<storage, read_write> partials: array<f32>;
@group(0) @binding(5) var<uniform> params: Params;

const PADDED_POINTS = 65u;
const QUARTER = 16u;

var<workgroup> values: array<f32, 16u * 65u>;
var<workgroup> quarters: array<f32, TILE_POINTS>;

// Sums `values` of candidate lane / 4 over a quarter of the points, then writes the tile's sums.
fn write_sums(first: u32, group_index: u32, lane: u32) {
  var quarter = 0.0;
  let base = (lane / 4u) * PADDED_POINTS + (lane % 4u) * QUARTER;
  for (var i = 0u; i < QUARTER; i++) {
    quarter += values[base + i];
  }
  quarters[lane] = quarter;
  workgroupBarrier();
  let candidate = first + lane;
  if (lane < 4u * tile_groups && candidate < params.candidates) {
    let q = 4u * lane;
    let sum = (quarters[q] + quarters[q + 1u]) + (quarters[q + 2u] + quarters[q + 3u]);
    partials[candidate * params.groups + group_index] = sum;
  }
}

@compute @workgroup_size(TILE_POINTS)
fn seed_potentials(
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
  var weight = 0.0;
  var nearest = 3.4028234e38;
  if (row < params.rows) {
    weight = 1.0;
    if (weighted) {
      weight = weights[at];
    }
    if (params.seeded != 0u) {
      nearest = seed_distances[at];
    }
  }
  for (var first = 0u; first < params.candidates; first += 4u * tile_groups) {
    let tile = Tile(first_row, params.rows, params.columns, first, params.candidates);
    var found = tile_distances(tile, lane);
    for (var c = 0u; c < 4u * tile_groups; c++) {
      values[c * PADDED_POINTS + lane] = weight * min(nearest, found[c / 4u][c % 4u]);
    }
    workgroupBarrier();
    write_sums(first, at / TILE_POINTS, lane);
  }
}
