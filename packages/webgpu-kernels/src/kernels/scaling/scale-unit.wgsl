// Divides each row by its Euclidean length; a zero row stays zero. Needs the module group-sum.
//
// One workgroup of 256 threads per row; thread `lane` takes columns lane, lane + 256, ... Rows are first divided by their
// largest magnitude, so that squares neither overflow nor become 0. Relative error at most (columns / 512 + 8) * 2^-24.

struct Params {
  rows: u32,
  columns: u32,
}

@group(0) @binding(0) var<storage, read> input: array<f32>;
@group(0) @binding(1) var<storage, read_write> output: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

fn group_largest(value: f32, lane: u32) -> f32 {
  group_values[lane] = value;
  workgroupBarrier();
  for (var half = GROUP_LANES / 2u; half > 0u; half /= 2u) {
    if (lane < half) {
      group_values[lane] = max(group_values[lane], group_values[lane + half]);
    }
    workgroupBarrier();
  }
  let largest = group_values[0];
  workgroupBarrier();
  return largest;
}

@compute @workgroup_size(GROUP_LANES)
fn scale_unit(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) {
    return;
  }
  let base = row * params.columns;
  var magnitude = 0.0;
  for (var j = lane; j < params.columns; j += GROUP_LANES) {
    magnitude = max(magnitude, abs(input[base + j]));
  }
  let largest = group_largest(magnitude, lane);
  var square = 0.0;
  for (var j = lane; largest > 0.0 && j < params.columns; j += GROUP_LANES) {
    let value = input[base + j] / largest;
    square = fma(value, value, square);
  }
  let norm = sqrt(group_sum(square, lane));
  for (var j = lane; j < params.columns; j += GROUP_LANES) {
    output[base + j] = select(0.0, input[base + j] / largest / norm, largest > 0.0);
  }
}
