// Covariances from cross moments about the old means, full (one per component) or tied (one for all):
//   full:  C_k = S_k / N_k - delta_k delta_k^T + reg I
//   tied:  C = sum_k (S_k - N_k delta_k delta_k^T) / sum_k N_k + reg I
//
// One thread per element (i, j), j <= i, of a matrix; lower triangles packed by rows. Double-floats throughout, because
// delta delta^T cancels most of S_k when a mean moves far. A variance that is too small for the f32 spacing of the
// coordinates is only rounding and counts as zero.

@group(0) @binding(0) var<storage, read> moments: array<vec2f>;
@group(0) @binding(1) var<storage, read> cross_moments: array<vec2f>;
@group(0) @binding(2) var<storage, read> means: array<f32>;
@group(0) @binding(3) var<storage, read> deltas: array<vec2f>;
@group(0) @binding(4) var<storage, read> state: State;
@group(0) @binding(5) var<storage, read_write> covariances: array<vec2f>;
@group(0) @binding(6) var<uniform> model: Model;

const GROUP = 64u;

@compute @workgroup_size(GROUP)
fn covariance_triangular(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let column_groups = (model.columns + GROUP - 1u) / GROUP;
  let task = group.x + group.y * groups.x;
  let j = (task % column_groups) * GROUP + thread;
  let i = task / column_groups % model.columns;
  let matrix = task / (column_groups * model.columns);
  if (state.halted != 0u || j > i || matrix >= model.covariances) {
    return;
  }
  df_guard(model.guard);
  let size = model.columns * (model.columns + 1u) / 2u;
  let element = i * (i + 1u) / 2u + j;
  // A matrix for each component, or the sum over all components.
  let members = model.components / model.covariances;
  var scatter = vec2f();
  var count = vec2f();
  var spacing = 0.0;
  for (var k = matrix * members; k < (matrix + 1u) * members; k++) {
    let weight = safe_count(moments[k * (1u + 2u * model.columns)]);
    let moved = df_multiply(deltas[k * model.columns + i], deltas[k * model.columns + j]);
    scatter = df_add(scatter, df_subtract(cross_moments[k * size + element], df_multiply(weight, moved)));
    count = df_add(count, weight);
    spacing = max(spacing, abs(means[k * model.columns + i]) * 0x1p-24);
  }
  var covariance = df_divide(scatter, count);
  if (i == j) {
    if (covariance.x < spacing * spacing) {
      covariance = vec2f();
    }
    covariance = df_add(covariance, model.reg_covar);
  }
  covariances[matrix * size + element] = covariance;
}
