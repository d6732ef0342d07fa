// Weighted moments of a block about the components' current means, added to a slot of totals per segment of rows:
//   N = sum r, first_j = sum r (x_j - m_j), second_j = sum r (x_j - m_j)^2, r the weight x responsibility.
// Element order per slot and component: N, D first moments, D second moments.
// Needs the modules points-*, em-types, double-float, statistics.
//
// One workgroup per tile of components and columns, and segment. A thread has 4 components x 4 columns in registers and
// reads one vector of each per row: `component_lanes` x `column_lanes` threads make a tile, and `row_lanes` such groups take
// every `row_lanes`-th row. Both factors pass through workgroup memory `tile_rows` rows at a time: 12 KiB at most, and 1
// KiB.
//
// Sums of tile_rows / row_lanes rows (at most 32) are added to the thread's, and then those of the row lanes: with L row
// lanes the error of a segment is at most (32 + segment_rows / tile_rows + L + 3) x 2^-24 of the sum of magnitudes. Segments
// are added to a slot as double-floats; see sum-slots.wgsl for the error of many segments.

@group(0) @binding(3) var<storage, read> means: array<f32>;
@group(0) @binding(4) var<storage, read> state: State;
@group(0) @binding(5) var<storage, read_write> totals: array<vec2f>;
@group(0) @binding(6) var<uniform> block: Block;

override component_lanes: u32 = 4u;
override column_lanes: u32 = 8u;
override row_lanes: u32 = 2u;
override tile_rows: u32 = 32u;

override tile_lanes: u32 = component_lanes * column_lanes;
override threads: u32 = tile_lanes * row_lanes;

// A vector has four columns of a row, or four components of a row.
var<workgroup> values: array<vec4f, tile_rows * column_lanes>;
var<workgroup> shares: array<vec4f, tile_rows * component_lanes>;
var<workgroup> parts: array<vec4f, threads>;

// Each component has a vector of `first` and `second`, and an element of `count`.
struct Moments {
  count: vec4f,
  first: mat4x4f,
  second: mat4x4f,
}

fn load_tiles(first_row: u32, first_column: u32, first_component: u32, thread: u32) {
  for (var i = thread; i < tile_rows * column_lanes; i += threads) {
    let row = first_row + i / column_lanes;
    let column = first_column + i % column_lanes * 4u;
    var loaded = vec4f();
    for (var c = 0u; c < 4u; c++) {
      if (row < block.rows && column + c < block.columns) {
        loaded[c] = point_value(row * block.columns + column + c);
      }
    }
    values[i] = loaded;
  }
  for (var i = thread; i < tile_rows * component_lanes; i += threads) {
    let row = first_row + i % tile_rows;
    let component = first_component + i / tile_rows * 4u;
    shares[i % tile_rows * component_lanes + i / tile_rows] = vec4f(
      share(row, component),
      share(row, component + 1u),
      share(row, component + 2u),
      share(row, component + 3u),
    );
  }
}

fn add_row(total: Moments, x: vec4f, r: vec4f, mean: mat4x4f) -> Moments {
  let a = x - mean[0];
  let b = x - mean[1];
  let c = x - mean[2];
  let d = x - mean[3];
  let ra = r.x * a;
  let rb = r.y * b;
  let rc = r.z * c;
  let rd = r.w * d;
  return Moments(
    total.count + r,
    mat4x4f(total.first[0] + ra, total.first[1] + rb, total.first[2] + rc, total.first[3] + rd),
    mat4x4f(
      fma(ra, a, total.second[0]),
      fma(rb, b, total.second[1]),
      fma(rc, c, total.second[2]),
      fma(rd, d, total.second[3]),
    ),
  );
}

// The sum of a vector over the row lanes, returned to the first of them. All threads must call this together.
fn gather(value: vec4f, thread: u32) -> vec4f {
  if (row_lanes == 1u) {
    return value;
  }
  parts[thread] = value;
  workgroupBarrier();
  var sum = value;
  if (thread < tile_lanes) {
    for (var lane = 1u; lane < row_lanes; lane++) {
      sum += parts[lane * tile_lanes + thread];
    }
  }
  workgroupBarrier();
  return sum;
}

fn gather_matrix(value: mat4x4f, thread: u32) -> mat4x4f {
  return mat4x4f(
    gather(value[0], thread),
    gather(value[1], thread),
    gather(value[2], thread),
    gather(value[3], thread),
  );
}

@compute @workgroup_size(threads)
fn moments(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let column_tiles = (block.columns + 4u * column_lanes - 1u) / (4u * column_lanes);
  let component_tiles = (block.components + 4u * component_lanes - 1u) / (4u * component_lanes);
  let task = group.x + group.y * groups.x;
  let segment = task / (column_tiles * component_tiles);
  if (state.halted != 0u || segment >= block.segments) {
    return;
  }
  df_guard(block.guard);
  let tile_lane = thread % tile_lanes;
  let row_lane = thread / tile_lanes;
  let first_column = task % column_tiles * column_lanes * 4u;
  let first_component = task / column_tiles % component_tiles * component_lanes * 4u;
  let column = first_column + tile_lane % column_lanes * 4u;
  let component = first_component + tile_lane / column_lanes * 4u;
  var mean = mat4x4f();
  for (var k = 0u; k < min(4u, block.components - min(component, block.components)); k++) {
    for (var c = 0u; c < min(4u, block.columns - min(column, block.columns)); c++) {
      mean[k][c] = means[(component + k) * block.columns + column + c];
    }
  }
  var total = Moments();
  let end = min((segment + 1u) * block.segment_rows, block.rows);
  for (var first_row = segment * block.segment_rows; first_row < end; first_row += tile_rows) {
    load_tiles(first_row, first_column, first_component, thread);
    workgroupBarrier();
    var run = Moments();
    for (var r = row_lane; r < tile_rows; r += row_lanes) {
      let x = values[r * column_lanes + tile_lane % column_lanes];
      run = add_row(run, x, shares[r * component_lanes + tile_lane / column_lanes], mean);
    }
    total.count += run.count;
    total.first += run.first;
    total.second += run.second;
    workgroupBarrier();
  }
  let count = gather(total.count, thread);
  let first = gather_matrix(total.first, thread);
  let second = gather_matrix(total.second, thread);
  if (row_lane != 0u) {
    return;
  }
  let stride = 1u + 2u * block.columns;
  for (var k = 0u; k < 4u && component + k < block.components; k++) {
    let at = (segment * block.components + component + k) * stride;
    if (column == 0u) {
      totals[at] = add_to_slot(totals[at], count[k]);
    }
    for (var c = 0u; c < 4u && column + c < block.columns; c++) {
      let first_at = at + 1u + column + c;
      let second_at = first_at + block.columns;
      totals[first_at] = add_to_slot(totals[first_at], first[k][c]);
      totals[second_at] = add_to_slot(totals[second_at], second[k][c]);
    }
  }
}
