// Moves the means: delta = (first moment) / N, mean += delta. A component without weight keeps its mean.
//
// One thread per element of the K x D means. Deltas are stored as double-floats for the covariances, whose moments are about
// the old means.

@group(0) @binding(0) var<storage, read> moments: array<vec2f>;
@group(0) @binding(1) var<storage, read> state: State;
@group(0) @binding(2) var<storage, read_write> means: array<f32>;
@group(0) @binding(3) var<storage, read_write> deltas: array<vec2f>;
@group(0) @binding(4) var<uniform> model: Model;

const GROUP = 64u;

@compute @workgroup_size(GROUP)
fn update_means(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let element = (group.x + group.y * groups.x) * GROUP + thread;
  if (state.halted != 0u || element >= model.components * model.columns) {
    return;
  }
  df_guard(model.guard);
  let component = element / model.columns;
  let column = element % model.columns;
  let first = component * (1u + 2u * model.columns);
  let delta = df_divide(moments[first + 1u + column], safe_count(moments[first]));
  deltas[element] = delta;
  means[element] = df_add(vec2f(means[element], 0.0), delta).x;
}
