// Labels one tile of 64 points: the common part of the kernels assign and assign-sums. Needs the modules points-*,
// tile-distances and state, and a kernel that declares the bindings named here.
//
// One thread per point; centroids are processed in tiles with a running minimum, so nothing of size N x K is stored. The
// comparison is strict: ties go to the lowest index. Workgroup memory: the tiles' 5.25 KiB and 512 bytes. The 64 inertias
// are summed by a tree (6 roundings).

override weighted: bool = false;

var<workgroup> group_partials: array<AssignPartial, TILE_POINTS>;

// Writes labels, distances and partial results of tile `index` of the chunk and returns this lane's label, which is
// undefined past the last row. Every lane of the workgroup must call this together.
fn assign_tile(index: u32, chunk: Chunk, lane: u32) -> u32 {
  var nearest = 3.4028234e38;
  var label = 0u;
  for (var first = 0u; first < chunk.clusters; first += 4u * tile_groups) {
    let tile = Tile(index * TILE_POINTS, chunk.rows, chunk.columns, first, chunk.clusters);
    var found = tile_distances(tile, lane);
    let end = min(chunk.clusters - first, 4u * tile_groups);
    for (var k = 0u; k < end; k++) {
      let distance = found[k / 4u][k % 4u];
      if (distance < nearest) {
        nearest = distance;
        label = first + k;
      }
    }
  }

  let row = index * TILE_POINTS + lane;
  var partial = AssignPartial(0.0, 0u);
  if (row < chunk.rows) {
    let at = chunk.first_row + row;
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
    partials[chunk.first_row / TILE_POINTS + index] = group_partials[0];
  }
  return label;
}
