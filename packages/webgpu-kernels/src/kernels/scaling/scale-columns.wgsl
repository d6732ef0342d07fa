// Standardises: output = (input - mean) * factor, column by column. One thread per element, 64 to a workgroup.

struct Params {
  rows: u32,
  columns: u32,
}

@group(0) @binding(0) var<storage, read> input: array<f32>;
@group(0) @binding(1) var<storage, read> mean: array<f32>;
@group(0) @binding(2) var<storage, read> factors: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
@group(0) @binding(4) var<uniform> params: Params;

const GROUP = 64u;

@compute @workgroup_size(GROUP)
fn scale_columns(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let element = (group.x + group.y * groups.x) * GROUP + lane;
  if (element < params.rows * params.columns) {
    let column = element % params.columns;
    output[element] = (input[element] - mean[column]) * factors[column];
  }
}
