// Adds each point's weight times (its values, then 1) to its cluster, per block of rows and without atomics:
// partials[(block * clusters + k) * (columns + 1) + j]. Column `columns` holds the clusters' weights.
// Needs the modules points-* and state.
//
// One workgroup per (block of rows, tile of columns, tile of clusters). Each thread owns one column, that of the first
// column the weights, too, and walks the block's rows: no two threads ever add to the same sum, and the order is fixed.
// Workgroup memory: (columns_per_group + 1) * clusters_per_group floats (16 KiB at most).
//
// Sums of `run_rows` rows are gathered before they join the block's, and later chunks add to what earlier
// ones left: the rounding error is at most (run_rows + runs + chunks) * 2^-24 of the sum of magnitudes.

struct Params {
  // Row of the chunk's first point in labels and weights.
  first_row: u32,
  // Points in the chunk.
  rows: u32,
  columns: u32,
  clusters: u32,
  blocks: u32,
  rows_per_block: u32,
  run_rows: u32,
  // Not 0 when the sums of an earlier chunk are already there.
  carry: u32,
}

override weighted: bool = false;
override columns_per_group: u32 = 64u;
override clusters_per_group: u32 = 32u;

@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> state: State;
@group(0) @binding(4) var<storage, read_write> partials: array<f32>;
@group(0) @binding(5) var<uniform> params: Params;

var<workgroup> sums: array<f32, columns_per_group * clusters_per_group>;
var<workgroup> weight_sums: array<f32, clusters_per_group>;

fn add_rows(start: u32, end: u32, column: u32, first_cluster: u32, lane: u32) {
  for (var row = start; row < end; row++) {
    let cluster = labels[params.first_row + row] - first_cluster;
    if (cluster < clusters_per_group) {
      var weight = 1.0;
      if (weighted) {
        weight = weights[params.first_row + row];
      }
      sums[cluster * columns_per_group + lane] += weight * point_value(row * params.columns + column);
      if (column == 0u) {
        weight_sums[cluster] += weight;
      }
    }
  }
}

// What the partial sum held before, if it counts, plus what was added.
fn write_sum(at: u32, sum: f32, keep: bool) {
  partials[at] = select(0.0, partials[at], keep) + sum;
}

@compute @workgroup_size(columns_per_group)
fn cluster_sums(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let stride = params.columns + 1u;
  let column_tiles = (params.columns + columns_per_group - 1u) / columns_per_group;
  let work = group.x + group.y * groups.x;
  let column = (work % column_tiles) * columns_per_group + lane;
  let block = (work / column_tiles) % params.blocks;
  let first_cluster = work / column_tiles / params.blocks * clusters_per_group;
  if (state.halted != 0u || first_cluster >= params.clusters || column >= params.columns) {
    return;
  }
  let clusters = min(clusters_per_group, params.clusters - first_cluster);
  let base = (block * params.clusters + first_cluster) * stride;
  let block_start = min(block * params.rows_per_block, params.rows);
  let block_end = min(block_start + params.rows_per_block, params.rows);
  var keep = params.carry != 0u;
  var start = block_start;
  loop {
    for (var k = 0u; k < clusters; k++) {
      sums[k * columns_per_group + lane] = 0.0;
      if (column == 0u) {
        weight_sums[k] = 0.0;
      }
    }
    let end = min(start + params.run_rows, block_end);
    add_rows(start, end, column, first_cluster, lane);
    for (var k = 0u; k < clusters; k++) {
      write_sum(base + k * stride + column, sums[k * columns_per_group + lane], keep);
      if (column == 0u) {
        write_sum(base + k * stride + params.columns, weight_sums[k], keep);
      }
    }
    keep = true;
    start = end;
    if (start >= block_end) {
      break;
    }
  }
}
