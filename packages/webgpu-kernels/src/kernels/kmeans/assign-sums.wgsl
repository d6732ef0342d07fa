// Labels points as `assign` does and adds them to their clusters while they are read once: partials hold, per group of
// tiles, sums[(group * clusters + k) * (columns + 1) + j] of weight times value; column `columns` holds the weights. Needs
// the modules points-*, tile-distances, state and assign-tile. For clusters and columns whose sums fit workgroup memory; see
// `planAssignSums`.
//
// One workgroup per group of tiles of 64 points, one tile after another. The points of a tile are read from device memory
// once; after the distances, the sums read them again from the cache. Thread `lane` owns the columns lane % lanes_per_row, +
// lanes_per_row, ... of the rows lane / lanes_per_row, + row_lanes, ... of a tile; each of these streams of rows has
// separate sums, so no two threads ever add to the same sum. No atomics, and a fixed order. Workgroup memory: that of
// assign-tile, 256 bytes of labels, and row_lanes * clusters * (columns + 1) floats.
//
// Sums of `run_tiles` tiles are completed before they are added to the group's, and later chunks add to the sums of earlier
// ones: the rounding error is at most (64 * run_tiles + 6 + runs + chunks) * 2^-24 of the sum of magnitudes.

struct Params {
  chunk: Chunk,
  groups: u32,
  tiles_per_group: u32,
  run_tiles: u32,
  // Not 0 when the sums of an earlier chunk are already there.
  carry: u32,
}

// Threads that share a row, and rows that are added at a time: together 64 threads.
override lanes_per_row: u32 = 64u;
override row_lanes: u32 = 1u;
// clusters * (columns + 1).
override sums_length: u32 = 64u;

@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> state: State;
@group(0) @binding(4) var<storage, read_write> labels: array<u32>;
@group(0) @binding(5) var<storage, read_write> distances: array<f32>;
@group(0) @binding(6) var<storage, read_write> partials: array<AssignPartial>;
@group(0) @binding(7) var<storage, read_write> sums: array<f32>;
@group(0) @binding(8) var<uniform> params: Params;

const NO_LABEL = 0xffffffffu;

var<workgroup> tile_labels: array<u32, TILE_POINTS>;
var<workgroup> run_sums: array<f32, row_lanes * sums_length>;

fn add_tile(index: u32, lane: u32) {
  let columns = params.chunk.columns;
  let stride = columns + 1u;
  let row_lane = lane / lanes_per_row;
  for (var i = row_lane; i < TILE_POINTS; i += row_lanes) {
    let label = tile_labels[i];
    if (label == NO_LABEL) {
      break;
    }
    let row = index * TILE_POINTS + i;
    let base = row_lane * sums_length + label * stride;
    var weight = 1.0;
    if (weighted) {
      weight = weights[params.chunk.first_row + row];
    }
    for (var j = lane % lanes_per_row; j < columns; j += lanes_per_row) {
      run_sums[base + j] += weight * point_value(row * columns + j);
    }
    if (lane % lanes_per_row == 0u) {
      run_sums[base + columns] += weight;
    }
  }
}

@compute @workgroup_size(TILE_POINTS)
fn assign_sums(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let group = workgroup.x + workgroup.y * workgroups.x;
  if (state.halted != 0u || group >= params.groups) {
    return;
  }
  let tiles = (params.chunk.rows + TILE_POINTS - 1u) / TILE_POINTS;
  let end = min((group + 1u) * params.tiles_per_group, tiles);
  var keep = params.carry != 0u;
  var start = min(group * params.tiles_per_group, end);
  loop {
    for (var i = lane; i < row_lanes * sums_length; i += TILE_POINTS) {
      run_sums[i] = 0.0;
    }
    workgroupBarrier();
    let run_end = min(start + params.run_tiles, end);
    for (var tile = start; tile < run_end; tile++) {
      let label = assign_tile(tile, params.chunk, lane);
      tile_labels[lane] = select(NO_LABEL, label, tile * TILE_POINTS + lane < params.chunk.rows);
      workgroupBarrier();
      add_tile(tile, lane);
      workgroupBarrier();
    }
    for (var i = lane; i < sums_length; i += TILE_POINTS) {
      var sum = 0.0;
      for (var copy = 0u; copy < row_lanes; copy++) {
        sum += run_sums[copy * sums_length + i];
      }
      let at = group * sums_length + i;
      sums[at] = select(0.0, sums[at], keep) + sum;
    }
    keep = true;
    start = run_end;
    if (start >= end) {
      break;
    }
    workgroupBarrier();
  }
}
