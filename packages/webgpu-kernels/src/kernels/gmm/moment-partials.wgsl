// Weighted moments of a block about the components' current means, one partial result per segment of 512 rows:
//   N = sum r, first_j = sum r (x_j - m_j), second_j = sum r (x_j - m_j)^2, r the weight x responsibility.
// Element order per segment and component: N, D first moments, D second moments.
//
// One workgroup per 4 components x 16 columns and segment, one thread per pair, 64 rows at a time: points are
// loaded once for four components. Workgroup memory: 5 KiB.
// Two-level f32 sums (64 rows, then 8 tiles): error at most 72 x 2^-24 of the sum of magnitudes.

@group(0) @binding(3) var<storage, read> means: array<f32>;
@group(0) @binding(4) var<storage, read> state: State;
@group(0) @binding(5) var<storage, read_write> partials: array<f32>;
@group(0) @binding(6) var<uniform> block: Block;

const COMPONENTS = 4u;
const COLUMNS = 16u;
const THREADS = COMPONENTS * COLUMNS;
const ROWS = 64u;

var<workgroup> values: array<array<f32, COLUMNS>, ROWS>;
var<workgroup> shares: array<array<f32, ROWS>, COMPONENTS>;

@compute @workgroup_size(THREADS)
fn moment_partials(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  if (state.halted != 0u) {
    return;
  }
  let column_tiles = (block.columns + COLUMNS - 1u) / COLUMNS;
  let component_tiles = (block.components + COMPONENTS - 1u) / COMPONENTS;
  let task = group.x + group.y * groups.x;
  let first_column = (task % column_tiles) * COLUMNS;
  let first_component = (task / column_tiles % component_tiles) * COMPONENTS;
  let segment = task / (column_tiles * component_tiles);
  if (segment >= block.segments) {
    return;
  }
  let column = first_column + thread % COLUMNS;
  let component = first_component + thread / COLUMNS;
  let active_pair = column < block.columns && component < block.components;
  var mean = 0.0;
  if (active_pair) {
    mean = means[component * block.columns + column];
  }
  // N, first and second moment.
  var total = vec3f();
  let end = min((segment + 1u) * SEGMENT, block.rows);
  for (var first_row = segment * SEGMENT; first_row < end; first_row += ROWS) {
    for (var i = thread; i < ROWS * COLUMNS; i += THREADS) {
      let row = first_row + i / COLUMNS;
      let loaded = first_column + i % COLUMNS;
      var value = 0.0;
      if (row < block.rows && loaded < block.columns) {
        value = point_value(row * block.columns + loaded);
      }
      values[i / COLUMNS][i % COLUMNS] = value;
    }
    for (var i = thread; i < ROWS * COMPONENTS; i += THREADS) {
      shares[i / ROWS][i % ROWS] = share(first_row + i % ROWS, first_component + i / ROWS);
    }
    workgroupBarrier();
    var tile = vec3f();
    for (var r = 0u; r < ROWS; r++) {
      let difference = values[r][thread % COLUMNS] - mean;
      let part = shares[thread / COLUMNS][r];
      tile += vec3f(part, part * difference, part * difference * difference);
    }
    total += tile;
    workgroupBarrier();
  }
  if (active_pair) {
    let at = (segment * block.components + component) * (1u + 2u * block.columns);
    if (column == 0u) {
      partials[at] = total.x;
    }
    partials[at + 1u + column] = total.y;
    partials[at + 1u + block.columns + column] = total.z;
  }
}
