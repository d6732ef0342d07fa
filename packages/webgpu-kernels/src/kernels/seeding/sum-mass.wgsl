// Sampling mass of each block of 256 rows: blocks[b]. Needs the modules group-sum and mass.
//
// One workgroup of 256 threads per block, one thread per row, added in a tree: at most 8 roundings.

struct Params {
  rows: u32,
  seeded: u32,
}

@group(0) @binding(2) var<storage, read_write> blocks: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(GROUP_LANES)
fn sum_mass(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let block = group.x + group.y * groups.x;
  if (block * BLOCK >= params.rows) {
    return;
  }
  let row = block * BLOCK + lane;
  var mass = 0.0;
  if (row < params.rows) {
    mass = row_mass(row);
  }
  let sum = group_sum(mass, lane);
  if (lane == 0u) {
    blocks[block] = sum;
  }
}
