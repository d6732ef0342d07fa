// Adds up each row of a matrix of partial results: totals[r] = sum over i of partials[r * length + i].
//
// One workgroup of 256 threads per row; thread `lane` takes elements lane, lane + 256, ... in runs of 16.
// Order is fixed. The rounding error is at most (16 + length / 4096 + 8) * 2^-24 of the sum of magnitudes.

struct Params {
  rows: u32,
  length: u32,
}

@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> totals: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(GROUP_LANES)
fn sum_rows(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) {
    return;
  }
  var total = 0.0;
  for (var start = lane; start < params.length; start += GROUP_LANES * RUN) {
    var run = 0.0;
    let end = min(start + GROUP_LANES * RUN, params.length);
    for (var i = start; i < end; i += GROUP_LANES) {
      run += partials[row * params.length + i];
    }
    total += run;
  }
  let sum = group_sum(total, lane);
  if (lane == 0u) {
    totals[row] = sum;
  }
}
