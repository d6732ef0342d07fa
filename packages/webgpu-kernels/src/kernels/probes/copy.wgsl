// Copies memory at the highest rate: neighboring threads copy neighboring vectors.

struct Params {
  // Number of vectors of four floats.
  vectors: u32,
}

@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> target_values: array<vec4f>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(256)
fn copy(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let at = (group.x + group.y * groups.x) * 256u + lane;
  if (at < params.vectors) {
    target_values[at] = source[at];
  }
}
