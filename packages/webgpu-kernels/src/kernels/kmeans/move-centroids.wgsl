// Moves each centroid to the weighted mean of its points, optionally rescaled to unit length, and keeps its
// squared movement. Needs the modules group-sum and state.
//
// One workgroup of 256 threads per cluster; thread `lane` takes columns lane, lane + 256, ... No cluster is
// empty: the step halts before otherwise. A mean of length 0 has no direction: that centroid stays.
// Movement: relative error at most (columns / 256 + 8 + 2) * 2^-24.

struct Params {
  columns: u32,
  clusters: u32,
  unit: u32,
}

@group(0) @binding(0) var<storage, read> sums: array<f32>;
@group(0) @binding(1) var<storage, read> state: State;
@group(0) @binding(2) var<storage, read_write> centroids: array<f32>;
@group(0) @binding(3) var<storage, read_write> shifts: array<f32>;
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(GROUP_LANES)
fn move_centroids(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let k = group.x + group.y * groups.x;
  if (state.halted != 0u || k >= params.clusters) {
    return;
  }
  let base = k * (params.columns + 1u);
  let weight = sums[base + params.columns];
  var norm = 1.0;
  if (params.unit != 0u) {
    var square = 0.0;
    for (var j = lane; j < params.columns; j += GROUP_LANES) {
      let mean = sums[base + j] / weight;
      square = fma(mean, mean, square);
    }
    norm = sqrt(group_sum(square, lane));
  }
  var movement = 0.0;
  if (norm != 0.0) {
    for (var j = lane; j < params.columns; j += GROUP_LANES) {
      let moved = sums[base + j] / weight / norm;
      let difference = moved - centroids[k * params.columns + j];
      movement = fma(difference, difference, movement);
      centroids[k * params.columns + j] = moved;
    }
  }
  let shift = group_sum(movement, lane);
  if (lane == 0u) {
    shifts[k] = shift;
  }
}
