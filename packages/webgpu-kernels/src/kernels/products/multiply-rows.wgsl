// Rows of (X - 1 s^T) B, row-major, each times its weight when `weighted`:
// output[(row - first) * width + c] = w sum_j (x_j - s_j) B[j, c]. Needs the module points-*.
//
// One workgroup of 64 threads per 64 rows and 16 columns of B; a thread has 4 rows, 16 apart, and 4 neighboring
// columns. Both factors pass through workgroup memory 16 of X's columns at a time: 4.25 KiB and 1 KiB; rows are
// padded by one word so that neighboring lanes hit different banks.
//
// Sums of 16 products are added to the total: the rounding error is at most (16 + columns / 16 + 2) * 2^-24 of the sum of
// magnitudes.

struct Params {
  // Row of the chunk's first point in weights.
  chunk_start: u32,
  // First row of the chunk that is wanted, and one past the last.
  first: u32,
  end: u32,
  columns: u32,
  // Columns of B.
  width: u32,
}

override weighted: bool = false;

@group(0) @binding(1) var<storage, read> shift: array<f32>;
@group(0) @binding(2) var<storage, read> right: array<f32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read_write> output: array<f32>;
@group(0) @binding(5) var<uniform> params: Params;

const LANES = 64u;
const TILE_ROWS = 64u;
const ROW_STEP = 16u;
const QUADS = 4u;
const TILE_WIDTH = 16u;
const DEPTH = 16u;
const PADDED_DEPTH = 17u;

var<workgroup> point_tile: array<f32, TILE_ROWS * PADDED_DEPTH>;
var<workgroup> right_tile: array<vec4f, DEPTH * QUADS>;

fn right_value(column: u32, c: u32) -> f32 {
  if (column >= params.columns || c >= params.width) {
    return 0.0;
  }
  return right[column * params.width + c];
}

fn load_tiles(first_row: u32, start: u32, first_c: u32, lane: u32) {
  for (var i = lane; i < TILE_ROWS * DEPTH; i += LANES) {
    let row = first_row + i / DEPTH;
    let column = start + i % DEPTH;
    var value = 0.0;
    if (row < params.end && column < params.columns) {
      value = point_value(row * params.columns + column) - shift[column];
    }
    point_tile[(i / DEPTH) * PADDED_DEPTH + i % DEPTH] = value;
  }
  let column = start + lane / QUADS;
  let c = first_c + (lane % QUADS) * 4u;
  right_tile[lane] = vec4f(
    right_value(column, c),
    right_value(column, c + 1u),
    right_value(column, c + 2u),
    right_value(column, c + 3u),
  );
}

@compute @workgroup_size(LANES)
fn multiply_rows(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let width_tiles = (params.width + TILE_WIDTH - 1u) / TILE_WIDTH;
  let work = group.x + group.y * groups.x;
  let first_row = params.first + work / width_tiles * TILE_ROWS;
  let first_c = (work % width_tiles) * TILE_WIDTH;
  if (first_row >= params.end) {
    return;
  }
  let lane_row = lane / QUADS;
  let quad = lane % QUADS;
  var total = mat4x4f();
  for (var start = 0u; start < params.columns; start += DEPTH) {
    load_tiles(first_row, start, first_c, lane);
    workgroupBarrier();
    var run = mat4x4f();
    for (var d = 0u; d < DEPTH; d++) {
      let b = right_tile[d * QUADS + quad];
      run[0] += point_tile[lane_row * PADDED_DEPTH + d] * b;
      run[1] += point_tile[(lane_row + ROW_STEP) * PADDED_DEPTH + d] * b;
      run[2] += point_tile[(lane_row + 2u * ROW_STEP) * PADDED_DEPTH + d] * b;
      run[3] += point_tile[(lane_row + 3u * ROW_STEP) * PADDED_DEPTH + d] * b;
    }
    total += run;
    workgroupBarrier();
  }
  for (var r = 0u; r < 4u; r++) {
    let row = first_row + lane_row + r * ROW_STEP;
    if (row < params.end) {
      var weight = 1.0;
      if (weighted) {
        weight = weights[params.chunk_start + row];
      }
      for (var i = 0u; i < 4u; i++) {
        let c = first_c + 4u * quad + i;
        if (c < params.width) {
          output[(row - params.first) * params.width + c] = weight * total[r][i];
        }
      }
    }
  }
}
