// Copies points by row index: output[i * columns + j] = point (rows[i], j), for the indices within a chunk.
// Needs the module points-*.
//
// One thread per output element, 64 to a workgroup; elements of rows in other chunks are not changed.

struct Params {
  // Row of the chunk's first point.
  first_row: u32,
  // Points in the chunk.
  chunk_rows: u32,
  columns: u32,
  // Number of indices.
  count: u32,
}

@group(0) @binding(1) var<storage, read> rows: array<u32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

const GROUP = 64u;

@compute @workgroup_size(GROUP)
fn gather_rows(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let element = (group.x + group.y * groups.x) * GROUP + lane;
  if (element >= params.count * params.columns) {
    return;
  }
  let row = rows[element / params.columns] - params.first_row;
  if (row < params.chunk_rows) {
    output[element] = point_value(row * params.columns + element % params.columns);
  }
}
