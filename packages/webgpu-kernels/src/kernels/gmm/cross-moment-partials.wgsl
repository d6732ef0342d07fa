// Weighted cross moments of a block about the components' current means, one partial result per segment of
// 512 rows: element (i, j), j <= i, is sum r (x_i - m_i)(x_j - m_j), r the weight x responsibility.
// The lower triangle is packed by rows: (i, j) at i (i + 1) / 2 + j.
//
// One workgroup per 32 x 32 tile of the lower triangle, component and segment: 64 threads with 4 x 4 results
// each, 32 rows at a time. Workgroup memory: 8 KiB.
// Two-level f32 sums (32 rows, then 16 tiles): error at most 48 x 2^-24 of the sum of magnitudes.

@group(0) @binding(3) var<storage, read> means: array<f32>;
@group(0) @binding(4) var<storage, read> state: State;
@group(0) @binding(5) var<storage, read_write> partials: array<f32>;
@group(0) @binding(6) var<uniform> block: Block;

const TILE = 32u;
const QUADS = TILE / 4u;
const ROWS = 32u;
const THREADS = 64u;

var<workgroup> left: array<array<vec4f, QUADS>, ROWS>;
var<workgroup> right: array<array<vec4f, QUADS>, ROWS>;

// Four columns of a row, less the mean.
fn centred(row: u32, column: u32, component: u32) -> vec4f {
  var values = vec4f();
  if (row < block.rows) {
    for (var c = 0u; c < 4u; c++) {
      if (column + c < block.columns) {
        let mean = means[component * block.columns + column + c];
        values[c] = point_value(row * block.columns + column + c) - mean;
      }
    }
  }
  return values;
}

@compute @workgroup_size(THREADS)
fn cross_moment_partials(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  if (state.halted != 0u) {
    return;
  }
  let tiles = (block.columns + TILE - 1u) / TILE;
  let triangle = tiles * (tiles + 1u) / 2u;
  let task = group.x + group.y * groups.x;
  let component = task / triangle % block.components;
  let segment = task / (triangle * block.components);
  if (segment >= block.segments) {
    return;
  }
  var tile_column = task % triangle;
  var tile_row = 0u;
  while (tile_column > tile_row) {
    tile_row++;
    tile_column -= tile_row;
  }
  let quad_row = thread / QUADS;
  let quad_column = thread % QUADS;
  var total = mat4x4f();
  let end = min((segment + 1u) * SEGMENT, block.rows);
  for (var first_row = segment * SEGMENT; first_row < end; first_row += ROWS) {
    for (var i = thread; i < ROWS * QUADS; i += THREADS) {
      let row = first_row + i / QUADS;
      let column = (i % QUADS) * 4u;
      left[i / QUADS][i % QUADS] =
        share(row, component) * centred(row, tile_row * TILE + column, component);
      right[i / QUADS][i % QUADS] = centred(row, tile_column * TILE + column, component);
    }
    workgroupBarrier();
    var tile = mat4x4f();
    for (var r = 0u; r < ROWS; r++) {
      let a = left[r][quad_row];
      let b = right[r][quad_column];
      tile[0] += a.x * b;
      tile[1] += a.y * b;
      tile[2] += a.z * b;
      tile[3] += a.w * b;
    }
    total += tile;
    workgroupBarrier();
  }
  let size = block.columns * (block.columns + 1u) / 2u;
  let base = (segment * block.components + component) * size;
  for (var a = 0u; a < 4u; a++) {
    let i = tile_row * TILE + quad_row * 4u + a;
    for (var b = 0u; b < 4u; b++) {
      let j = tile_column * TILE + quad_column * 4u + b;
      if (i < block.columns && j <= i) {
        partials[base + i * (i + 1u) / 2u + j] = total[a][b];
      }
    }
  }
}
