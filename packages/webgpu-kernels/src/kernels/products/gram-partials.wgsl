// (X - 1 s^T)^T P for a block of rows, one partial result per segment of 512 rows:
// partials[(segment * columns + j) * width + c] = sum over rows of (x_j - s_j) P[row - first, c].
// Needs the module points-*.
//
// One workgroup of 64 threads per segment, 64 columns of X and 16 of P; a thread has 4 x 4 results. Both factors
// pass through workgroup memory 16 rows at a time: 4 KiB and 1 KiB.
//
// Sums of 16 rows are added to the segment's: the rounding error is at most (16 + 512 / 16 + 1) * 2^-24 of the sum of
// magnitudes.

struct Params {
  // First row of the chunk that is in the block, and one past the last.
  first: u32,
  end: u32,
  columns: u32,
  // Columns of P.
  width: u32,
}

@group(0) @binding(1) var<storage, read> shift: array<f32>;
@group(0) @binding(2) var<storage, read> products: array<f32>;
@group(0) @binding(3) var<storage, read_write> partials: array<f32>;
@group(0) @binding(4) var<uniform> params: Params;

const LANES = 64u;
const SEGMENT = 512u;
const ROWS = 16u;
const COLUMN_QUADS = 16u;
const WIDTH_QUADS = 4u;

var<workgroup> point_tile: array<vec4f, ROWS * COLUMN_QUADS>;
var<workgroup> product_tile: array<vec4f, ROWS * WIDTH_QUADS>;

// Four columns of a point, minus the shift.
fn centered(row: u32, column: u32) -> vec4f {
  var values = vec4f();
  if (row < params.end) {
    for (var i = 0u; i < 4u; i++) {
      if (column + i < params.columns) {
        values[i] = point_value(row * params.columns + column + i) - shift[column + i];
      }
    }
  }
  return values;
}

// Four values of a row of P.
fn product(row: u32, c: u32) -> vec4f {
  var values = vec4f();
  if (row < params.end) {
    for (var i = 0u; i < 4u; i++) {
      if (c + i < params.width) {
        values[i] = products[(row - params.first) * params.width + c + i];
      }
    }
  }
  return values;
}

@compute @workgroup_size(LANES)
fn gram_partials(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let width_tiles = (params.width + 4u * WIDTH_QUADS - 1u) / (4u * WIDTH_QUADS);
  let column_tiles = (params.columns + 4u * COLUMN_QUADS - 1u) / (4u * COLUMN_QUADS);
  let work = group.x + group.y * groups.x;
  let first_c = (work % width_tiles) * 4u * WIDTH_QUADS;
  let first_column = (work / width_tiles % column_tiles) * 4u * COLUMN_QUADS;
  let segment = work / (width_tiles * column_tiles);
  let segment_start = params.first + segment * SEGMENT;
  if (segment_start >= params.end) {
    return;
  }
  let column_quad = lane / WIDTH_QUADS;
  let width_quad = lane % WIDTH_QUADS;
  var total = mat4x4f();
  let segment_end = min(segment_start + SEGMENT, params.end);
  for (var start = segment_start; start < segment_end; start += ROWS) {
    for (var i = lane; i < ROWS * COLUMN_QUADS; i += LANES) {
      point_tile[i] = centered(start + i / COLUMN_QUADS, first_column + 4u * (i % COLUMN_QUADS));
    }
    product_tile[lane] = product(start + lane / WIDTH_QUADS, first_c + 4u * width_quad);
    workgroupBarrier();
    var run = mat4x4f();
    for (var r = 0u; r < ROWS; r++) {
      let x = point_tile[r * COLUMN_QUADS + column_quad];
      let p = product_tile[r * WIDTH_QUADS + width_quad];
      run[0] += x.x * p;
      run[1] += x.y * p;
      run[2] += x.z * p;
      run[3] += x.w * p;
    }
    total += run;
    workgroupBarrier();
  }
  for (var a = 0u; a < 4u; a++) {
    let column = first_column + 4u * column_quad + a;
    for (var b = 0u; b < 4u; b++) {
      let c = first_c + 4u * width_quad + b;
      if (column < params.columns && c < params.width) {
        partials[(segment * params.columns + column) * params.width + c] = total[a][b];
      }
    }
  }
}
