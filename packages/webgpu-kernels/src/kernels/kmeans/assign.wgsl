// Gives every point the label of its nearest centroid, keeps its squared distance, and sums inertia and
// changed labels per workgroup. Needs the modules points-*, tile-distances and state.
//
// One workgroup per 64 points, one thread per point; centroids pass in tiles with a running minimum, so
// nothing of size N x K exists. The comparison is strict: ties go to the lowest index.
// Workgroup memory: the tiles' 5.25 KiB and 512 bytes. The 64 inertias are summed by a tree (6 roundings).

struct Params {
  // Row of the chunk's first point in labels, distances and weights.
  first_row: u32,
  // Points in the chunk.
  rows: u32,
  columns: u32,
  clusters: u32,
}

override weighted: bool = false;

@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> state: State;
@group(0) @binding(4) var<storage, read_write> labels: array<u32>;
@group(0) @binding(5) var<storage, read_write> distances: array<f32>;
@group(0) @binding(6) var<storage, read_write> partials: array<AssignPartial>;
@group(0) @binding(7) var<uniform> params: Params;

var<workgroup> group_partials: array<AssignPartial, TILE_POINTS>;

@compute @workgroup_size(TILE_POINTS)
fn assign(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tile_index = group.x + group.y * groups.x;
  if (state.halted != 0u || tile_index * TILE_POINTS >= params.rows) {
    return;
  }
  var nearest = 3.4028234e38;
  var label = 0u;
  for (var first = 0u; first < params.clusters; first += 4u * tile_groups) {
    let tile = Tile(tile_index * TILE_POINTS, params.rows, params.columns, first, params.clusters);
    var found = tile_distances(tile, lane);
    let end = min(params.clusters - first, 4u * tile_groups);
    for (var k = 0u; k < end; k++) {
      let distance = found[k / 4u][k % 4u];
      if (distance < nearest) {
        nearest = distance;
        label = first + k;
      }
    }
  }

  let row = tile_index * TILE_POINTS + lane;
  var partial = AssignPartial(0.0, 0u);
  if (row < params.rows) {
    let at = params.first_row + row;
    partial.changed = select(0u, 1u, state.forget != 0u || labels[at] != label);
    partial.inertia = nearest;
    if (weighted) {
      partial.inertia *= weights[at];
    }
    labels[at] = label;
    distances[at] = nearest;
  }
  group_partials[lane] = partial;
  workgroupBarrier();
  for (var half = TILE_POINTS / 2u; half > 0u; half /= 2u) {
    if (lane < half) {
      group_partials[lane].inertia += group_partials[lane + half].inertia;
      group_partials[lane].changed += group_partials[lane + half].changed;
    }
    workgroupBarrier();
  }
  if (lane == 0u) {
    partials[params.first_row / TILE_POINTS + tile_index] = group_partials[0];
  }
}
