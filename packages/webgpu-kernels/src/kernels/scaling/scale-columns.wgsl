// Standardizes: output = (input - mean) * factor, column by column. One thread per element, 64 to a workgroup. Needs the
// module fitted.

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
