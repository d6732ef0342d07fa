// Per block of rows: weighted sums of x - shift and of its square, column by column.
// partials[block * 2 * columns + j] and partials[(block * 2 + 1) * columns + j]. Needs the module points-*.
//
// One workgroup per (block of rows, 64 columns), one thread per column. Sums of 256 rows are added to the block's, and later
// chunks add to the sums of earlier ones: the rounding error is at most (256 + rows per block / 256 + chunks) * 2^-24 of the
// sum of magnitudes, which a shift near the mean keeps small.

struct Params {
  // Row of the chunk's first point in weights.
  first_row: u32,
  // Points in the chunk.
  rows: u32,
  columns: u32,
  blocks: u32,
  rows_per_block: u32,
  // Not 0 when the sums of an earlier chunk are already there.
  carry: u32,
}

override weighted: bool = false;

@group(0) @binding(1) var<storage, read> weights: array<f32>;
@group(0) @binding(2) var<storage, read> shift: array<f32>;
@group(0) @binding(3) var<storage, read_write> partials: array<f32>;
@group(0) @binding(4) var<uniform> params: Params;

const GROUP = 64u;
const RUN = 256u;

@compute @workgroup_size(GROUP)
fn column_moments(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let column_tiles = (params.columns + GROUP - 1u) / GROUP;
  let work = group.x + group.y * groups.x;
  let block = work / column_tiles;
  let column = (work % column_tiles) * GROUP + lane;
  if (block >= params.blocks || column >= params.columns) {
    return;
  }
  let first = block * 2u * params.columns + column;
  let second = first + params.columns;
  var total = vec2f();
  if (params.carry != 0u) {
    total = vec2f(partials[first], partials[second]);
  }
  let origin = shift[column];
  let block_start = min(block * params.rows_per_block, params.rows);
  let block_end = min(block_start + params.rows_per_block, params.rows);
  for (var start = block_start; start < block_end; start += RUN) {
    var run = vec2f();
    for (var row = start; row < min(start + RUN, block_end); row++) {
      let x = point_value(row * params.columns + column) - origin;
      var weight = 1.0;
      if (weighted) {
        weight = weights[params.first_row + row];
      }
      run += weight * vec2f(x, x * x);
    }
    total += run;
  }
  partials[first] = total.x;
  partials[second] = total.y;
}
