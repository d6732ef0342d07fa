// Variances from second moments about the old means, diagonal (D per component) or spherical (their mean):
//   v_kj = max(0, S_kj / N_k - delta_kj^2) + reg
//
// One thread per variance. Double-floats throughout, because delta^2 cancels most of S when a mean moves far. A variance
// that is too small for the f32 spacing of the coordinates is only rounding and counts as zero.

@group(0) @binding(0) var<storage, read> moments: array<vec2f>;
@group(0) @binding(1) var<storage, read> means: array<f32>;
@group(0) @binding(2) var<storage, read> deltas: array<vec2f>;
@group(0) @binding(3) var<storage, read> state: State;
@group(0) @binding(4) var<storage, read_write> covariances: array<vec2f>;
@group(0) @binding(5) var<uniform> model: Model;

const GROUP = 64u;

@compute @workgroup_size(GROUP)
fn covariance_diagonal(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let element = (group.x + group.y * groups.x) * GROUP + thread;
  if (state.halted != 0u || element >= model.components * model.variances) {
    return;
  }
  df_guard(model.guard);
  let component = element / model.variances;
  // Columns that share this variance.
  let span = model.columns / model.variances;
  let first = component * (1u + 2u * model.columns);
  let count = safe_count(moments[first]);
  var sum = vec2f();
  for (var i = 0u; i < span; i++) {
    let column = (element % model.variances) * span + i;
    let delta = deltas[component * model.columns + column];
    let second = df_divide(moments[first + 1u + model.columns + column], count);
    var variance = df_subtract(second, df_multiply(delta, delta));
    let spacing = abs(means[component * model.columns + column]) * 0x1p-24;
    // Not the opposite test: an overflowed variance is NaN, and must stay so that the factors flag it.
    if (variance.x < spacing * spacing) {
      variance = vec2f();
    }
    sum = df_add(sum, variance);
  }
  covariances[element] = df_add(df_divide(sum, vec2f(f32(span), 0.0)), model.reg_covar);
}
