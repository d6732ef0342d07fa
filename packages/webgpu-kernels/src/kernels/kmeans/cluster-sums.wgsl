// Adds each point's weight times (its values, then 1) to its cluster, per block of rows and without atomics:
// partials[(block * clusters + k) * (columns + 1) + j]. Column `columns` holds the clusters' weights.
// Needs the modules points-* and state.
//
// One workgroup per (block of rows, tile of columns, tile of clusters). Each thread owns one column of every `lanes`-th
// cluster of the tile, that of the first column the weights, too: no two threads ever add to the same sum. Either each
// thread reads the labels of all rows of the block and adds those of the tile. Or, when `marked`, for 256 rows at a time,
// the threads first set a bit for each row of the tile in the words of the thread that owns its cluster, and then each
// thread adds its own rows. With marks a thread reads 4 labels instead of 256, and there are two barriers. Each sum takes
// its rows in the same order either way, so the bits are the same. Workgroup memory: (columns_per_group + 1) *
// clusters_per_group floats and 8 * lanes words (16 KiB at most).
//
// Sums of `run_rows` rows are completed before they are added to the block's, and later chunks add to the sums of earlier
// ones: the rounding error is at most (run_rows + runs + chunks) * 2^-24 of the sum of magnitudes.

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
// Threads that share a column, each with different clusters; 1 where rows are not marked.
override lanes: u32 = 1u;
override marked: bool = false;
override group_lanes: u32 = columns_per_group * lanes;

// Rows that are marked at a time, and the number of words for that.
const MARKED_ROWS = 256u;
const WORDS = 8u;

@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> state: State;
@group(0) @binding(4) var<storage, read_write> partials: array<f32>;
@group(0) @binding(5) var<uniform> params: Params;

var<workgroup> sums: array<f32, columns_per_group * clusters_per_group>;
var<workgroup> weight_sums: array<f32, clusters_per_group>;
var<workgroup> marks: array<atomic<u32>, WORDS * lanes>;

fn add_row(row: u32, cluster: u32, column: u32, column_lane: u32) {
  var weight = 1.0;
  if (weighted) {
    weight = weights[params.first_row + row];
  }
  sums[cluster * columns_per_group + column_lane] += weight * point_value(row * params.columns + column);
  if (column == 0u) {
    weight_sums[cluster] += weight;
  }
}

// A row's cluster, counted from the tile's first cluster: for earlier clusters the number wraps around and is outside of the
// tile.
fn cluster_of(row: u32, first_cluster: u32) -> u32 {
  return labels[params.first_row + row] - first_cluster;
}

fn add_rows(start: u32, end: u32, column: u32, first_cluster: u32, column_lane: u32) {
  for (var row = start; row < end; row++) {
    let cluster = cluster_of(row, first_cluster);
    if (cluster < clusters_per_group) {
      add_row(row, cluster, column, column_lane);
    }
  }
}

// Marks at most 256 rows for the threads that own their clusters.
fn mark_rows(start: u32, end: u32, first_cluster: u32, lane: u32) {
  for (var i = lane; i < WORDS * lanes; i += group_lanes) {
    atomicStore(&marks[i], 0u);
  }
  workgroupBarrier();
  for (var row = start + lane; row < end; row += group_lanes) {
    let cluster = cluster_of(row, first_cluster);
    if (cluster < clusters_per_group) {
      let at = row - start;
      atomicOr(&marks[(cluster % lanes) * WORDS + at / 32u], 1u << (at % 32u));
    }
  }
  workgroupBarrier();
}

fn add_marked(start: u32, own: u32, column: u32, first_cluster: u32, column_lane: u32) {
  for (var word = 0u; word < WORDS; word++) {
    var left = atomicLoad(&marks[own * WORDS + word]);
    while (left != 0u) {
      let row = start + 32u * word + countTrailingZeros(left);
      left &= left - 1u;
      add_row(row, cluster_of(row, first_cluster), column, column_lane);
    }
  }
}

// The previous partial sum, if it counts, plus the added values.
fn write_sum(at: u32, sum: f32, keep: bool) {
  partials[at] = select(0.0, partials[at], keep) + sum;
}

@compute @workgroup_size(group_lanes)
fn cluster_sums(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let stride = params.columns + 1u;
  let column_tiles = (params.columns + columns_per_group - 1u) / columns_per_group;
  let work = group.x + group.y * groups.x;
  let column_lane = lane % columns_per_group;
  let own = lane / columns_per_group;
  let column = (work % column_tiles) * columns_per_group + column_lane;
  let block = (work / column_tiles) % params.blocks;
  let first_cluster = work / column_tiles / params.blocks * clusters_per_group;
  if (state.halted != 0u || first_cluster >= params.clusters) {
    return;
  }
  // Threads past the last column may mark rows, but do not add any.
  let clusters = select(0u, min(clusters_per_group, params.clusters - first_cluster), column < params.columns);
  let base = (block * params.clusters + first_cluster) * stride;
  let block_start = min(block * params.rows_per_block, params.rows);
  let block_end = min(block_start + params.rows_per_block, params.rows);
  var keep = params.carry != 0u;
  var start = block_start;
  loop {
    for (var k = own; k < clusters; k += lanes) {
      sums[k * columns_per_group + column_lane] = 0.0;
      if (column == 0u) {
        weight_sums[k] = 0.0;
      }
    }
    let end = min(start + params.run_rows, block_end);
    if (marked) {
      for (var first = start; first < end; first += MARKED_ROWS) {
        mark_rows(first, min(first + MARKED_ROWS, end), first_cluster, lane);
        if (clusters > 0u) {
          add_marked(first, own, column, first_cluster, column_lane);
        }
        workgroupBarrier();
      }
    } else if (clusters > 0u) {
      add_rows(start, end, column, first_cluster, column_lane);
    }
    start = end;
    for (var k = own; k < clusters; k += lanes) {
      write_sum(base + k * stride + column, sums[k * columns_per_group + column_lane], keep);
      if (column == 0u) {
        write_sum(base + k * stride + params.columns, weight_sums[k], keep);
      }
    }
    keep = true;
    if (start >= block_end) {
      break;
    }
  }
}
